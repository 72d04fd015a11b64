package io.caption4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A PNG of any colour type and depth.
 *
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha
 */
record PngPicture(PngChunks chunks, int width, int height, int bits, int colourType)
    implements EncodedPicture {
  static PngPicture of(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    return new PngPicture(
        new PngChunks(encoded), bytes.getInt(16), bytes.getInt(20), bytes.get(24), bytes.get(25));
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.PNG;
  }

  @Override
  public int orientation() {
    return chunks.orientation();
  }

  @Override
  public boolean complete() {
    return chunks.complete();
  }

  @Override
  public Bitmap decode() throws IOException {
    PngSamples samples = PngSamples.decode(chunks.bare(), width, height);
    PngColours colours =
        new PngColours(bits, colourType, chunks.beforePixels("PLTE"), chunks.beforePixels("tRNS"));
    Optional<ColourProfile> profile = ColourProfile.of(chunks.profile());
    return colours.rgb(samples, profile);
  }
}
