package io.caption4j.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageReader;

/** Lossless WebP (RFC 9649, section 3), by TwelveMonkeys' decoder. */
final class WebpLossless {
  private WebpLossless() {}

  static WebpImage decode(byte[] encoded, WebpFrame frame) throws IOException {
    byte[] data =
        java.util.Arrays.copyOfRange(encoded, frame.data(), frame.data() + frame.length());
    Raster raster = raster(data, frame.width(), frame.height());
    byte[] rgb = Bitmap.bytes(frame.width(), frame.height());
    boolean transparent = raster.getNumBands() == 4;
    byte[] alpha = transparent ? new byte[rgb.length / 3] : null;
    int[] row = null;
    int pixel = 0;
    for (int y = 0; y < frame.height(); y++) {
      row = raster.getPixels(0, y, frame.width(), 1, row);
      for (int at = 0; at < row.length; at += raster.getNumBands(), pixel++) {
        rgb[3 * pixel] = (byte) row[at];
        rgb[3 * pixel + 1] = (byte) row[at + 1];
        rgb[3 * pixel + 2] = (byte) row[at + 2];
        if (transparent) {
          alpha[pixel] = (byte) row[at + 3];
        }
      }
    }
    return new WebpImage(new Bitmap(frame.width(), frame.height(), rgb), alpha);
  }

  /**
   * Decodes a VP8L chunk's data.
   *
   * @return three bands, or four with alpha
   */
  static Raster raster(byte[] data, int width, int height) throws IOException {
    int padded = data.length + data.length % 2;
    ByteBuffer file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(12 + padded);
    file.put("WEBPVP8L".getBytes(StandardCharsets.ISO_8859_1)).putInt(data.length).put(data);
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (ByteArrayInput in = new ByteArrayInput(file.array())) {
      reader.setInput(in, false, true);
      Raster raster = reader.read(0).getRaster();
      if (raster.getWidth() != width || raster.getHeight() != height) {
        throw new IOException("its decoder gave a picture of another size");
      }
      return raster;
    } finally {
      reader.dispose();
    }
  }
}
