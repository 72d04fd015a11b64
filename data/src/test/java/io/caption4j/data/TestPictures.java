package io.caption4j.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Makes encoded pictures of {@value #WIDTH} x {@value #HEIGHT}, left half one colour, right
 * another.
 */
final class TestPictures {
  static final int WIDTH = 32;
  static final int HEIGHT = 16;

  private TestPictures() {}

  /** Samples of the left and the right half, set as they are into a picture of any type. */
  static BufferedImage halves(BufferedImage image, int[] left, int[] right) {
    fill(image.getRaster(), left, right);
    return image;
  }

  static BufferedImage image(int type, int[] left, int[] right) {
    return halves(new BufferedImage(WIDTH, HEIGHT, type), left, right);
  }

  /** Red and blue. */
  static BufferedImage redBlue() {
    return image(BufferedImage.TYPE_INT_RGB, new int[] {255, 0, 0}, new int[] {0, 0, 255});
  }

  static byte[] encode(RenderedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("No writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** WebP of one colour. @param bgra its samples. @param quality above 100 is lossless */
  static byte[] webp(int[] bgra, int quality) {
    int type = bgra.length == 4 ? opencv_core.CV_8UC4 : opencv_core.CV_8UC3;
    Scalar colour = new Scalar(bgra[0], bgra[1], bgra[2], bgra.length == 4 ? bgra[3] : 0);
    BytePointer buffer = new BytePointer();
    opencv_imgcodecs.imencode(
        ".webp",
        new Mat(HEIGHT, WIDTH, type, colour),
        buffer,
        new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality));
    byte[] bytes = new byte[(int) buffer.limit()];
    buffer.get(bytes);
    return bytes;
  }

  /** Lossless WebP of red and blue. */
  static byte[] redBlueWebp() {
    Mat mat = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, new Scalar(0, 0, 255, 0));
    mat.colRange(WIDTH / 2, WIDTH).put(new Scalar(255, 0, 0, 0));
    BytePointer buffer = new BytePointer();
    opencv_imgcodecs.imencode(
        ".webp", mat, buffer, new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, 101));
    byte[] bytes = new byte[(int) buffer.limit()];
    buffer.get(bytes);
    return bytes;
  }

  /** The same WebP with a VP8X chunk. @param before chunks before its own. @param exif its EXIF */
  static byte[] extendedWebp(byte[] webp, int flags, byte[] before, byte[] exif) {
    int padded = exif.length + exif.length % 2;
    ByteBuffer out =
        ByteBuffer.allocate(webp.length + 18 + before.length + 8 + padded)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(webp, 0, 12).put("VP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(flags);
    out.putShort((short) (WIDTH - 1)).put((byte) 0).putShort((short) (HEIGHT - 1)).put((byte) 0);
    out.put(before).put(webp, 12, webp.length - 12);
    out.put("EXIF".getBytes(StandardCharsets.ISO_8859_1)).putInt(exif.length).put(exif);
    return out.putInt(4, out.capacity() - 8).array();
  }

  /** JPEG of one colour, by OpenCV. @param parameters its encoder's keys and values in turns */
  static byte[] jpeg(int[] bgr, int... parameters) {
    BytePointer buffer = new BytePointer();
    Scalar colour = new Scalar(bgr[0], bgr[1], bgr[2], 0);
    opencv_imgcodecs.imencode(
        ".jpg",
        new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, colour),
        buffer,
        new IntPointer(parameters));
    byte[] bytes = new byte[(int) buffer.limit()];
    buffer.get(bytes);
    return bytes;
  }

  /** PNG of 16 bits a sample in RGB. */
  static byte[] png16(int[] leftBgr, int[] rightBgr) {
    Mat mat = new Mat(HEIGHT, WIDTH, opencv_core.CV_16UC3);
    try (var samples = mat.<org.bytedeco.javacpp.indexer.UShortIndexer>createIndexer()) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          for (int c = 0; c < 3; c++) {
            samples.put(y, x, c, x < WIDTH / 2 ? leftBgr[c] : rightBgr[c]);
          }
        }
      }
    }
    BytePointer buffer = new BytePointer();
    opencv_imgcodecs.imencode(".png", mat, buffer);
    byte[] bytes = new byte[(int) buffer.limit()];
    buffer.get(bytes);
    return bytes;
  }

  /** A CMYK JPEG as Photoshop writes it: inks inverted, an Adobe segment that says so. */
  static byte[] cmykJpeg(int[] leftInks, int[] rightInks) {
    WritableRaster raster = Raster.createInterleavedRaster(0, WIDTH, HEIGHT, 4, null);
    fill(raster, inverted(leftInks), inverted(rightInks));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = javaWriter();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    byte[] adobe = {
      (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    return insert(out.toByteArray(), 2, adobe);
  }

  /** Java's own writer leaves four bands as they are. */
  private static ImageWriter javaWriter() {
    for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName("jpeg"); all.hasNext(); ) {
      ImageWriter writer = all.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IllegalStateException("Java has lost its JPEG writer");
  }

  private static int[] inverted(int[] inks) {
    int[] result = inks.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = 255 - result[i];
    }
    return result;
  }

  /** The same JPEG with an EXIF segment that gives the orientation, 1 to 8. */
  static byte[] oriented(byte[] jpeg, int orientation) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0, // APP1 of 34 bytes
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8, // big-endian TIFF, its directory at 8
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0, // one entry, a short
      0,
      0,
      0,
      0 // no next directory
    };
    return insert(jpeg, 2, exif);
  }

  /** A whole PNG chunk. */
  static byte[] chunk(String type, byte... data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    for (char letter : type.toCharArray()) {
      chunk.put((byte) letter);
    }
    chunk.put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) crc.getValue()).array();
  }

  static byte[] insert(byte[] bytes, int at, byte[] inserted) {
    return ByteBuffer.allocate(bytes.length + inserted.length)
        .put(bytes, 0, at)
        .put(inserted)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  private static void fill(WritableRaster raster, int[] left, int[] right) {
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.setPixel(x, y, x < raster.getWidth() / 2 ? left : right);
      }
    }
  }
}
