package io.caption4j.explain;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.caption4j.data.Pixels;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures as OpenCV's matrices, RGB, inside the caller's pointer scope. */
final class Mats {
  private Mats() {}

  /** A copy, (H, W, 3). */
  static Mat of(Pixels picture) {
    return new Mat(picture.height(), picture.width(), CV_8UC3, new BytePointer(picture.rgb()));
  }

  /** A copy of a matrix (H, W, 3) whose rows lie together. */
  static Pixels pixels(Mat rgb) {
    byte[] bytes = new byte[Math.multiplyExact(3, Math.multiplyExact(rgb.cols(), rgb.rows()))];
    rgb.data().get(bytes);
    return new Pixels(rgb.cols(), rgb.rows(), bytes);
  }
}
