package io.caption4j.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Tells an ICC profile of sRGB, which most pictures with a profile have, by its numbers. */
final class SrgbProfile {
  private static final int TAGS = 128;
  private static final int MOST_TAGS = 200;
  private static final double FIXED = 65536; // s15Fixed16Number

  /** The primaries adapted to D50, as IEC 61966-2-1 profiles have them. */
  private static final double[][] PRIMARIES = {
    {0.4361, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7141}
  };

  private static final String[] COLOURS = {"rXYZ", "gXYZ", "bXYZ"};
  private static final String[] CURVES = {"rTRC", "gTRC", "bTRC"};
  private static final int PROBES = 33;

  private SrgbProfile() {}

  static boolean is(byte[] profile) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(profile);
      if (tag(bytes, "A2B0") >= 0) {
        return false; // a table, which counts more than the primaries
      }
      for (int i = 0; i < COLOURS.length; i++) {
        int colour = tag(bytes, COLOURS[i]);
        int curve = tag(bytes, CURVES[i]);
        if (colour < 0 || curve < 0 || !primary(bytes, colour, i) || !curve(bytes, curve)) {
          return false;
        }
      }
      return true;
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  /** Where a tag's data begins, or -1. */
  private static int tag(ByteBuffer bytes, String name) {
    int count = Math.min(bytes.getInt(TAGS), MOST_TAGS);
    int wanted = ByteBuffer.wrap(name.getBytes(StandardCharsets.ISO_8859_1)).getInt();
    for (int i = 0; i < count; i++) {
      int entry = TAGS + 4 + 12 * i;
      if (bytes.getInt(entry) == wanted) {
        return bytes.getInt(entry + 4);
      }
    }
    return -1;
  }

  private static boolean primary(ByteBuffer bytes, int at, int colour) {
    for (int i = 0; i < 3; i++) {
      double value = bytes.getInt(at + 8 + 4 * i) / FIXED;
      if (Math.abs(value - PRIMARIES[colour][i]) > 0.002) {
        return false;
      }
    }
    return true;
  }

  private static boolean curve(ByteBuffer bytes, int at) {
    int type = bytes.getInt(at);
    for (int i = 0; i < PROBES; i++) {
      double encoded = i / (PROBES - 1.0);
      double linear =
          switch (type) {
            case 0x63757276 -> table(bytes, at, encoded); // curv
            case 0x70617261 -> parametric(bytes, at, encoded); // para
            default -> Double.NaN;
          };
      // Compared as encoded values, which is where a difference shows.
      if (!(Math.abs(encode(linear) - encoded) < 0.004)) {
        return false;
      }
    }
    return true;
  }

  private static double table(ByteBuffer bytes, int at, double encoded) {
    int count = bytes.getInt(at + 8);
    if (count < 2) {
      return Double.NaN; // a plain gamma
    }
    double place = encoded * (count - 1);
    int low = Math.min((int) place, count - 2);
    double first = Short.toUnsignedInt(bytes.getShort(at + 12 + 2 * low)) / 65535.0;
    double second = Short.toUnsignedInt(bytes.getShort(at + 14 + 2 * low)) / 65535.0;
    return first + (place - low) * (second - first);
  }

  /** Type 3 of ICC.1:2010, section 10.16, which is sRGB's form. */
  private static double parametric(ByteBuffer bytes, int at, double encoded) {
    if (bytes.getShort(at + 8) != 3) {
      return Double.NaN;
    }
    double[] p = new double[5]; // gamma, a, b, c, d
    for (int i = 0; i < p.length; i++) {
      p[i] = bytes.getInt(at + 12 + 4 * i) / FIXED;
    }
    return encoded >= p[4] ? Math.pow(p[1] * encoded + p[2], p[0]) : p[3] * encoded;
  }

  private static double encode(double linear) {
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
  }
}
