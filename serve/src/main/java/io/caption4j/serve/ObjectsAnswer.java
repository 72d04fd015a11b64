package io.caption4j.serve;

import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.ObjectBox;
import java.util.List;

/** The answer to {@code POST /v1/objects}. */
@Doc("The objects of a picture.")
record ObjectsAnswer(
    @Doc("The detector's name.") String model,
    @Doc("The picture's width in pixels, upright.") int width,
    @Doc("Its height.") int height,
    @Doc("The objects, the surest first.") List<FoundObject> objects) {
  private static final double SCORE_UNIT = 1e6; // as 'caption4j detect' rounds them
  private static final double PIXEL_UNIT = 1e3;

  /** One object. */
  @Doc("An object and where it is.")
  record FoundObject(
      @Doc("What it is, one of the detector's classes.") String name,
      @Doc("How sure the detector is, 0 to 1.") double score,
      @Doc("Where it is.") ExactArea box) {
    static FoundObject of(DetectedObject object) {
      return new FoundObject(
          object.name(), rounded(object.score(), SCORE_UNIT), ExactArea.of(object.box()));
    }
  }

  /** Its box. */
  @Doc("A rectangle of a picture, in pixels of the upright original; edges may lie between pixels.")
  record ExactArea(
      @Doc("Its left edge, from 0.") double x,
      @Doc("Its upper edge, from 0.") double y,
      @Doc("From its left to its right edge.") double width,
      @Doc("From its upper to its lower edge.") double height) {
    static ExactArea of(ObjectBox box) {
      return new ExactArea(
          rounded(box.x(), PIXEL_UNIT),
          rounded(box.y(), PIXEL_UNIT),
          rounded(box.width(), PIXEL_UNIT),
          rounded(box.height(), PIXEL_UNIT));
    }
  }

  static ObjectsAnswer of(String model, ObjectsTask.Found found) {
    return new ObjectsAnswer(
        model,
        found.width(),
        found.height(),
        found.objects().stream().map(FoundObject::of).toList());
  }

  private static double rounded(double value, double unit) {
    return Math.round(value * unit) / unit;
  }
}
