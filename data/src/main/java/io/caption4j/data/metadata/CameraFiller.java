package io.caption4j.data.metadata;

import java.util.Locale;
import java.util.Set;

/** Descriptions that cameras write into all their pictures, and that say nothing of any of them. */
final class CameraFiller {
  private static final Set<String> KNOWN =
      Set.of(
          "olympus digital camera",
          "sony dsc",
          "minolta digital camera",
          "konica minolta digital camera",
          "kodak digital still camera",
          "pentax digital camera",
          "samsung digital camera",
          "samsung camera pictures",
          "digital camera",
          "exif_jpeg_picture");

  private CameraFiller() {}

  /** The text without blanks and NULs round it; empty if it is a camera's filler. */
  static String without(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    String stripped = text.substring(from, to);
    return KNOWN.contains(stripped.toLowerCase(Locale.ROOT)) ? "" : stripped;
  }

  private static boolean isBlank(char c) {
    return c == 0 || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
