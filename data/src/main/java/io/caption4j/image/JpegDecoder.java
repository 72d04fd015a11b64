package io.caption4j.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** The JDK's JPEG decoder, which is libjpeg. */
final class JpegDecoder {
  private static final int[] RGB = {0, 1, 2};

  private JpegDecoder() {}

  /** Three bands as they come, without a swap to blue first. */
  private static final class Colours {
    private static final ColorModel MODEL =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
  }

  /**
   * Decodes a JPEG without application data, see {@link JpegSegments#bare(int)}.
   *
   * @return (height, width, components)
   * @throws IOException if it is broken
   */
  static byte[] samples(byte[] bare, JpegFrame frame) throws IOException {
    ImageReader reader = JdkReaders.JPEG.reader();
    try (ByteArrayInput in = new ByteArrayInput(bare)) {
      reader.setInput(in, true, true);
      return frame.components() == 3 ? colours(reader, frame) : raw(reader, frame);
    } finally {
      reader.dispose();
    }
  }

  private static byte[] colours(ImageReader reader, JpegFrame frame) throws IOException {
    int width = frame.width();
    byte[] rgb = Bitmap.bytes(width, frame.height());
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length), width, frame.height(), 3 * width, 3, RGB, null);
    ImageReadParam into = reader.getDefaultReadParam();
    into.setDestination(new BufferedImage(Colours.MODEL, raster, false, null));
    reader.read(0, into);
    return rgb;
  }

  private static byte[] raw(ImageReader reader, JpegFrame frame) throws IOException {
    byte[] samples = ((DataBufferByte) reader.readRaster(0, null).getDataBuffer()).getData();
    if (samples.length != (long) frame.components() * frame.width() * frame.height()) {
      throw new IOException("its decoder gave " + samples.length + " samples");
    }
    return samples;
  }
}
