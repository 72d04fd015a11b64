package io.caption4j.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.transform.ImageTransform;

/** Applies DataVec's image transforms to {@link Pixels}; they need OpenCV and JavaCV only. */
final class ImageTransforms {
  private ImageTransforms() {}

  /**
   * Applies a transform that needs no random numbers.
   *
   * @param transform not in use by another thread
   */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  static Pixels apply(ImageTransform transform, Pixels picture) {
    try (PointerScope scope = new PointerScope();
        OpenCVFrameConverter.ToMat in = new OpenCVFrameConverter.ToMat();
        OpenCVFrameConverter.ToMat out = new OpenCVFrameConverter.ToMat()) {
      Mat from =
          new Mat(picture.height(), picture.width(), CV_8UC3, new BytePointer(picture.rgb()));
      ImageWritable moved = transform.transform(new ImageWritable(in.convert(from)), null);
      return pixels(out.convert(moved.getFrame())); // (H', W', 3)
    }
  }

  // Row by row, since a cropped picture's rows lie apart.
  private static Pixels pixels(Mat image) {
    int row = 3 * image.cols();
    byte[] rgb = new byte[Math.multiplyExact(row, image.rows())];
    for (int y = 0; y < image.rows(); y++) {
      image.ptr(y).get(rgb, y * row, row);
    }
    return new Pixels(image.cols(), image.rows(), rgb);
  }
}
