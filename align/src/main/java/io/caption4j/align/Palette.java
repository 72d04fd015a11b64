package io.caption4j.align;

import io.caption4j.explain.Canvas;

/**
 * Colours that people with any colour vision can tell apart (Okabe and Ito 2008), without black and
 * the white that they are drawn on. After the seventh they begin anew, so numbers must stand beside
 * them.
 */
final class Palette {
  /** Orange, sky blue, bluish green, vermilion, blue, reddish purple, yellow. */
  private static final int[] COLOURS = {
    0xe69f00, 0x56b4e9, 0x009e73, 0xd55e00, 0x0072b2, 0xcc79a7, 0xf0e442
  };

  // Where black and white are equally well read, (L + 0.05)^2 = 0.05 * 1.05.
  private static final double MIDDLE_LUMINANCE = 0.179;

  private Palette() {}

  /** The colour of a number from 0. */
  static int colour(int number) {
    return COLOURS[number % COLOURS.length];
  }

  /** Black or white, whichever is better read on a colour: the larger contrast of WCAG 2. */
  static int ink(int rgb) {
    double luminance =
        0.2126 * linear(rgb >> 16 & 0xff)
            + 0.7152 * linear(rgb >> 8 & 0xff)
            + 0.0722 * linear(rgb & 0xff);
    return luminance > MIDDLE_LUMINANCE ? Canvas.BLACK : Canvas.WHITE;
  }

  private static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
