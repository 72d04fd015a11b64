package io.caption4j.image;

import java.io.IOException;
import java.util.Optional;

/**
 * What the samples of a PNG mean.
 *
 * @param bits a sample, 1 to 16
 * @param type the colour type
 * @param palette RGB triples, null without one
 * @param clear the data of tRNS, null without it
 */
record PngColours(int bits, int type, byte[] palette, byte[] clear) {
  private static final int GREY = 0;
  private static final int PALETTE = 3;

  /**
   * The picture on white.
   *
   * @throws IOException if it should have a palette and has none
   */
  Bitmap rgb(PngSamples samples, Optional<ColourProfile> profile) throws IOException {
    if (type == PALETTE && palette == null) {
      throw new IOException("it has no palette");
    }
    int colours = type == GREY || type == PALETTE || type == 4 ? 1 : 3;
    boolean alpha = type == 4 || type == 6;
    if (samples.bands() != colours + (alpha ? 1 : 0)) {
      throw new IOException("its decoder gave " + samples.bands() + " samples a pixel");
    }
    byte[] rgb = Bitmap.bytes(samples.width(), samples.height());
    byte[] opacity = alpha || clear != null ? new byte[rgb.length / 3] : null;
    int[] row = null;
    int pixel = 0;
    for (int y = 0; y < samples.height(); y++) {
      row = samples.row(y, row);
      for (int at = 0; at < row.length; at += samples.bands(), pixel++) {
        for (int i = 0; i < 3; i++) {
          rgb[3 * pixel + i] = colour(row, at, colours, i);
        }
        if (opacity != null) {
          opacity[pixel] = (byte) (alpha ? eight(row[at + colours]) : opacity(row, at, colours));
        }
      }
    }
    Bitmap picture = new Bitmap(samples.width(), samples.height(), rgb);
    Bitmap converted = profile.map(found -> converted(found, picture)).orElse(picture);
    return opacity == null ? converted : onWhite(converted, opacity);
  }

  private Bitmap converted(ColourProfile profile, Bitmap picture) {
    return type == GREY || type == 4 ? profile.grey(picture) : profile.rgb(picture);
  }

  static Bitmap onWhite(Bitmap picture, byte[] opacity) {
    byte[] rgb = picture.rgb();
    for (int pixel = 0; pixel < opacity.length; pixel++) {
      int alpha = Byte.toUnsignedInt(opacity[pixel]);
      if (alpha < 255) {
        for (int at = 3 * pixel; at < 3 * pixel + 3; at++) {
          rgb[at] = Bitmap.onWhite(Byte.toUnsignedInt(rgb[at]), alpha);
        }
      }
    }
    return picture;
  }

  private byte colour(int[] row, int at, int colours, int channel) {
    if (type == PALETTE) {
      int entry = 3 * row[at] + channel;
      return entry < palette.length ? palette[entry] : 0;
    }
    return (byte) eight(row[at + (colours == 1 ? 0 : channel)]);
  }

  private int eight(int sample) {
    return switch (bits) {
      case 8 -> sample;
      case 16 -> (sample * 255 + 32767) / 65535;
      default -> sample * 255 / ((1 << bits) - 1);
    };
  }

  /** By tRNS: each entry's of a palette, or one colour that is clear. */
  private int opacity(int[] row, int at, int colours) {
    if (type == PALETTE) {
      return row[at] < clear.length ? Byte.toUnsignedInt(clear[row[at]]) : 255;
    }
    if (clear.length < 2 * colours) {
      return 255;
    }
    int mask = (1 << bits) - 1;
    for (int i = 0; i < colours; i++) {
      int wanted = Byte.toUnsignedInt(clear[2 * i]) << 8 | Byte.toUnsignedInt(clear[2 * i + 1]);
      if (row[at + i] != (wanted & mask)) {
        return 255;
      }
    }
    return 0;
  }
}
