package io.caption4j.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An embedded ICC profile, by which samples become sRGB; one that is broken, or that does not fit
 * the samples, is passed over. The JDK's colour management is loaded only where it is needed.
 */
final class ColourProfile {
  private static final int HEADER = 128;
  private static final int CLASS = 12;
  private static final int LEVELS = 256;

  private final byte[] bytes;

  private ColourProfile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A profile that changes something: empty if it is null, too short or that of sRGB itself. */
  static Optional<ColourProfile> of(byte[] bytes) {
    return bytes == null || bytes.length < HEADER + 4 || SrgbProfile.is(bytes)
        ? Optional.empty()
        : Optional.of(new ColourProfile(repaired(bytes)));
  }

  /**
   * The same with its own length and as a colour space: the JDK refuses a profile that is wrong
   * about its length, and does not convert a printer's perceptually, as others do.
   */
  private static byte[] repaired(byte[] bytes) {
    byte[] repaired = bytes.clone();
    ByteBuffer.wrap(repaired).putInt(0, bytes.length);
    if (new String(bytes, CLASS, 4, StandardCharsets.ISO_8859_1).equals("prtr")) {
      System.arraycopy("spac".getBytes(StandardCharsets.ISO_8859_1), 0, repaired, CLASS, 4);
    }
    return repaired;
  }

  /** The picture in sRGB, the same if this is no profile of RGB. */
  Bitmap rgb(Bitmap picture) {
    return is("RGB ")
        ? convert(picture.rgb(), 3, picture.width(), picture.height()).orElse(picture)
        : picture;
  }

  /** What each level of grey is in sRGB, empty if this is no profile of grey. */
  Optional<byte[]> greyLevels() {
    if (!is("GRAY")) {
      return Optional.empty();
    }
    byte[] levels = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      levels[level] = (byte) level;
    }
    return convert(levels, 1, LEVELS, 1).map(Bitmap::rgb);
  }

  /** A grey picture in sRGB, the same if this is no profile of grey. */
  Bitmap grey(Bitmap picture) {
    return greyLevels()
        .map(
            levels -> {
              byte[] rgb = picture.rgb().clone();
              for (int i = 0; i < rgb.length; i++) {
                rgb[i] = levels[3 * Byte.toUnsignedInt(rgb[i]) + i % 3];
              }
              return new Bitmap(picture.width(), picture.height(), rgb);
            })
        .orElse(picture);
  }

  /**
   * A picture of four inks in sRGB, empty if this is no profile of CMYK.
   *
   * @param inks (height, width, 4), 255 for all of an ink
   */
  Optional<Bitmap> inks(int width, int height, byte[] inks) {
    return is("CMYK") ? convert(inks, 4, width, height) : Optional.empty();
  }

  private boolean is(String space) {
    return new String(bytes, 16, 4, StandardCharsets.ISO_8859_1).equals(space);
  }

  private Optional<Bitmap> convert(byte[] samples, int bands, int width, int height) {
    try {
      ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
      ICC_Profile[] profiles = {ICC_Profile.getInstance(bytes), srgb};
      byte[] rgb = Bitmap.bytes(width, height);
      new ColorConvertOp(profiles, null)
          .filter(raster(samples, bands, width, height), raster(rgb, 3, width, height));
      return Optional.of(new Bitmap(width, height, rgb));
    } catch (IllegalArgumentException | CMMException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static WritableRaster raster(byte[] samples, int bands, int width, int height) {
    int[] offsets = new int[bands];
    for (int band = 0; band < bands; band++) {
      offsets[band] = band;
    }
    DataBuffer buffer = new DataBufferByte(samples, samples.length);
    return Raster.createInterleavedRaster(
        buffer, width, height, bands * width, bands, offsets, null);
  }
}
