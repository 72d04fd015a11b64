package io.caption4j.data;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2RGBA;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.loader.NativeImageLoader;
import org.nd4j.linalg.api.ndarray.INDArray;

/** DataVec's loader, which decodes by OpenCV and turns pictures upright by their EXIF data. */
final class NativeDecoder {
  /** 65535 / 255: the loader gives 16-bit pictures as they are. */
  private static final double SIXTEEN_TO_EIGHT_BITS = 1.0 / 257;

  private NativeDecoder() {}

  /** Takes the pixels where the loader would copy them into an array of four times their size. */
  private static final class PixelLoader extends NativeImageLoader {
    private Pixels pixels;

    @Override
    protected INDArray transformImage(Mat image, INDArray unused) {
      pixels = rgb(image);
      return unused;
    }
  }

  /**
   * Decodes an opaque picture.
   *
   * @throws IOException if OpenCV cannot
   */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  static Pixels decode(byte[] encoded) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      PixelLoader loader = new PixelLoader();
      loader.asMatrixView(new ByteArrayInputStream(encoded), null);
      return loader.pixels;
    } catch (LinkageError e) {
      // What OpenCV cannot decode the loader hands on to Leptonica, which is left out here.
      throw new IOException("OpenCV cannot decode it", e);
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Decodes a picture with alpha, which DataVec's loader would drop, and lays it on white.
   *
   * @throws IOException if OpenCV cannot
   */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  static Pixels decodeOnWhite(byte[] encoded) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Mat image = imdecode(new Mat(encoded), IMREAD_UNCHANGED);
      if (image == null || image.empty()) {
        throw new IOException("OpenCV cannot decode it");
      }
      return image.channels() == 4 ? onWhite(image) : rgb(image);
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Mat eightBits(Mat image) {
    if (image.depth() == CV_8U) {
      return image;
    }
    if (image.depth() != CV_16U) {
      throw new IllegalStateException("Expected 8 or 16 bits a sample, found " + image.depth());
    }
    Mat scaled = new Mat();
    image.convertTo(scaled, CV_8U, SIXTEEN_TO_EIGHT_BITS, 0);
    return scaled;
  }

  /** Grey or BGR, 8 or 16 bits, to 8-bit RGB. */
  private static Pixels rgb(Mat image) {
    Mat rgb = new Mat(); // (H, W, 3)
    cvtColor(eightBits(image), rgb, image.channels() == 1 ? COLOR_GRAY2RGB : COLOR_BGR2RGB);
    byte[] bytes = new byte[Math.multiplyExact(3, Math.multiplyExact(rgb.cols(), rgb.rows()))];
    rgb.data().get(bytes);
    return new Pixels(rgb.cols(), rgb.rows(), bytes);
  }

  private static Pixels onWhite(Mat image) {
    Mat rgba = new Mat(); // (H, W, 4)
    cvtColor(eightBits(image), rgba, COLOR_BGRA2RGBA);
    byte[] row = new byte[4 * rgba.cols()];
    byte[] bytes = new byte[Math.multiplyExact(3, Math.multiplyExact(rgba.cols(), rgba.rows()))];
    int to = 0;
    for (int y = 0; y < rgba.rows(); y++) {
      rgba.ptr(y).get(row);
      for (int from = 0; from < row.length; from += 4) {
        int alpha = Byte.toUnsignedInt(row[from + 3]);
        for (int channel = 0; channel < 3; channel++) {
          int colour = Byte.toUnsignedInt(row[from + channel]);
          bytes[to++] = (byte) ((colour * alpha + 255 * (255 - alpha) + 127) / 255);
        }
      }
    }
    return new Pixels(rgba.cols(), rgba.rows(), bytes);
  }
}
