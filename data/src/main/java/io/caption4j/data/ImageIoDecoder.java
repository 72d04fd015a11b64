package io.caption4j.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Java's own decoders, for what OpenCV lacks: GIF, and CMYK by TwelveMonkeys with ICC profiles. */
final class ImageIoDecoder {
  private ImageIoDecoder() {}

  /**
   * Decodes the first frame and lays it on white.
   *
   * @param header what it claims; a frame that is larger is refused before it takes memory
   * @throws IOException if it is broken
   */
  static Pixels decode(byte[] encoded, ImageHeader header) throws IOException {
    // Not ImageIO.createImageInputStream, which may put a cache file on disk.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("no decoder for it");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        if (reader.getWidth(0) > header.width() || reader.getHeight(0) > header.height()) {
          throw new IOException(
              "its first frame is larger than the %d x %d pixels of its header"
                  .formatted(header.width(), header.height()));
        }
        return onWhite(reader.read(0));
      } catch (RuntimeException e) {
        // Readers meet broken data with index and argument errors too.
        throw new IOException(e.toString(), e);
      } finally {
        reader.dispose();
      }
    }
  }

  private static Pixels onWhite(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage flat = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = flat.createGraphics();
    try {
      graphics.drawImage(image, 0, 0, Color.WHITE, null);
    } finally {
      graphics.dispose();
    }
    int[] packed = ((DataBufferInt) flat.getRaster().getDataBuffer()).getData();
    byte[] rgb = new byte[Math.multiplyExact(3, packed.length)];
    for (int i = 0; i < packed.length; i++) {
      rgb[3 * i] = (byte) (packed[i] >> 16);
      rgb[3 * i + 1] = (byte) (packed[i] >> 8);
      rgb[3 * i + 2] = (byte) packed[i];
    }
    return new Pixels(width, height, rgb);
  }
}
