package io.caption4j.encoder.detect;

import io.caption4j.data.Pixels;
import java.util.List;

/** Finds objects in pictures: what they are and where. Safe to share between threads. */
public interface ObjectDetector extends AutoCloseable {
  /** The name for command lines and messages, for example {@value Detectors#SSD_MOBILENET_V2}. */
  String name();

  /** The kinds of objects that it can find. */
  ObjectClasses classes();

  /**
   * Finds the objects of pictures of any size.
   *
   * @param pictures N of them, at least one
   * @param settings what is wanted of each picture
   * @return a list for each picture, best object first; boxes lie inside the picture, in its pixels
   * @throws IllegalStateException if the detector has been closed
   * @throws io.caption4j.encoder.EncoderException if the model fails
   */
  List<List<DetectedObject>> detect(List<Pixels> pictures, DetectionSettings settings);

  /** Finds the objects of one picture. */
  default List<DetectedObject> detect(Pixels picture, DetectionSettings settings) {
    return detect(List.of(picture), settings).get(0);
  }

  /**
   * The picture at the largest size that this detector looks at: it has the same objects and takes
   * less memory while it waits. Boxes are then in that picture's pixels ({@link ObjectBox#scale}).
   */
  Pixels resize(Pixels picture);

  /** Frees the model's memory. */
  @Override
  void close();
}
