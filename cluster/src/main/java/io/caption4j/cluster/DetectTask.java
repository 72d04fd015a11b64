package io.caption4j.cluster;

import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.ObjectBox;
import io.caption4j.encoder.detect.ObjectDetector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Finds the objects of pictures, on an executor, a group at a time. */
final class DetectTask implements FlatMapFunction<Iterator<PictureSource>, DetectTask.Detected> {
  private static final long serialVersionUID = 1L;
  private static final int GROUP = 8; // more at once is no faster

  private final DetectorShipment detector;
  private final double threshold;
  private final int most;

  /** An object; its box is in pixels of the upright original. */
  record Found(String name, double score, double x, double y, double width, double height)
      implements Serializable {}

  /**
   * A picture's objects.
   *
   * @param width of the upright original, in pixels
   * @param height of it
   * @param objects best first; none if it cannot be read
   * @param error why it cannot be read; or null
   */
  record Detected(String path, int width, int height, List<Found> objects, String error)
      implements ResultTable.Result {}

  DetectTask(DetectorShipment detector, DetectionSettings settings) {
    this.detector = detector;
    this.threshold = settings.threshold();
    this.most = settings.most();
  }

  @Override
  public Iterator<Detected> call(Iterator<PictureSource> sources) {
    ObjectDetector opened = detector.detector();
    return new PictureGroups<>(sources, GROUP, opened::resize, group -> detected(opened, group));
  }

  private List<Detected> detected(ObjectDetector opened, List<PictureGroups.Read> group) {
    boolean some = group.stream().anyMatch(read -> read.error() == null);
    Iterator<List<DetectedObject>> found =
        some
            ? opened
                .detect(PictureGroups.readable(group), new DetectionSettings(threshold, most))
                .iterator()
            : null;
    List<Detected> detected = new ArrayList<>();
    for (PictureGroups.Read read : group) {
      List<Found> objects =
          read.error() != null
              ? List.of()
              : found.next().stream().map(object -> found(read, object)).toList();
      detected.add(new Detected(read.path(), read.width(), read.height(), objects, read.error()));
    }
    return detected;
  }

  private static Found found(PictureGroups.Read read, DetectedObject object) {
    double across = (double) read.width() / read.pixels().width();
    double down = (double) read.height() / read.pixels().height();
    ObjectBox box = object.box().scale(across, down);
    return new Found(object.name(), object.score(), box.x(), box.y(), box.width(), box.height());
  }
}
