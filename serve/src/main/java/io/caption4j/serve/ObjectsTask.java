package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import java.util.ArrayList;
import java.util.List;

/** The objects of a picture. */
record ObjectsTask(SharedDetector detector, DetectionSettings settings)
    implements PictureTask<ObjectsTask.Small, ObjectsTask.Found> {
  private static final int ANSWER_BYTES = 64;
  private static final int OBJECT_BYTES = 128; // its numbers; the name is the detector's
  private static final int TOGETHER = 2; // as many as the detector takes at once

  /** A picture as large as the detector looks at it, and the size that it had. */
  record Small(Pixels picture, int width, int height) {}

  /**
   * What is in a picture.
   *
   * @param width of the upright original, in pixels
   * @param height of it
   * @param objects best first; boxes in its pixels
   */
  record Found(int width, int height, List<DetectedObject> objects) {}

  @Override
  public Small shrink(Pixels whole) {
    return new Small(detector.resize(whole), whole.width(), whole.height());
  }

  @Override
  public long waitingBytes(Small small) {
    return small.picture.rgb().length;
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  @Override
  public List<Found> run(List<Small> pictures) {
    List<List<DetectedObject>> found =
        detector.detect(pictures.stream().map(Small::picture).toList(), settings);
    List<Found> whole = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      whole.add(whole(pictures.get(i), found.get(i)));
    }
    return whole;
  }

  private static Found whole(Small small, List<DetectedObject> objects) {
    double across = (double) small.width / small.picture.width();
    double down = (double) small.height / small.picture.height();
    return new Found(
        small.width,
        small.height,
        objects.stream()
            .map(o -> new DetectedObject(o.name(), o.score(), o.box().scale(across, down)))
            .toList());
  }

  @Override
  public long bytes(Found found) {
    return ANSWER_BYTES + (long) OBJECT_BYTES * found.objects.size();
  }
}
