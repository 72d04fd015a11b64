package io.caption4j.image;

import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/** The samples of a PNG as they are stored, by the JDK's decoder. */
record PngSamples(int width, int height, Raster raster) {
  /**
   * Decodes a PNG without colours of its own, see {@link PngChunks#bare()}.
   *
   * @throws IOException if it is broken
   */
  static PngSamples decode(byte[] bare, int width, int height) throws IOException {
    ImageReader reader = JdkReaders.PNG.reader();
    try (ByteArrayInput in = new ByteArrayInput(bare)) {
      reader.setInput(in, true, true);
      return new PngSamples(width, height, reader.read(0).getRaster());
    } finally {
      reader.dispose();
    }
  }

  int bands() {
    return raster.getNumBands();
  }

  /** One row, (width, bands). */
  int[] row(int y, int[] into) {
    return raster.getPixels(0, y, width, 1, into);
  }
}
