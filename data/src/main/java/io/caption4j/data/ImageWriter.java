package io.caption4j.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes picture files, each whole or not at all; folders that are missing are made. */
public final class ImageWriter {
  private ImageWriter() {}

  /**
   * Writes a PNG.
   *
   * @throws DataException if it cannot be written
   */
  public static void png(Pixels picture, Path file) {
    write(picture, ".png", new int[0], file);
  }

  /**
   * Writes a JPEG.
   *
   * @param quality 1 to 100
   * @throws DataException if it cannot be written
   */
  public static void jpeg(Pixels picture, int quality, Path file) {
    write(picture, ".jpg", jpegParameters(quality), file);
  }

  /**
   * The bytes of a JPEG.
   *
   * @param quality 1 to 100
   */
  public static byte[] jpeg(Pixels picture, int quality) {
    return encode(picture, ".jpg", jpegParameters(quality));
  }

  private static int[] jpegParameters(int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("Expected a quality of 1 to 100, found " + quality + ".");
    }
    return new int[] {IMWRITE_JPEG_QUALITY, quality};
  }

  private static void write(Pixels picture, String format, int[] parameters, Path file) {
    byte[] encoded = encode(picture, format, parameters);
    try {
      AtomicFiles.write(file, part -> Files.write(part, encoded));
    } catch (IOException e) {
      throw new DataException(
          "Cannot write the picture %s: %s.".formatted(file, FileErrors.reason(e)), e);
    }
  }

  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  private static byte[] encode(Pixels picture, String format, int[] parameters) {
    try (PointerScope scope = new PointerScope()) {
      BytePointer rgb = new BytePointer(picture.rgb());
      Mat bgr = new Mat(); // (H, W, 3)
      cvtColor(new Mat(picture.height(), picture.width(), CV_8UC3, rgb), bgr, COLOR_RGB2BGR);
      BytePointer encoded = new BytePointer();
      imencode(format, bgr, encoded, new IntPointer(parameters));
      byte[] bytes = new byte[(int) encoded.limit()];
      encoded.get(bytes);
      return bytes;
    }
  }
}
