package io.caption4j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which of a table's columns, or of a list's fields, hold pictures, captions and splits, by their
 * names. All others are passed over: an index, a caption's number, sizes.
 *
 * @param picture the column of pictures' names or paths
 * @param captions the columns of captions, at least one
 * @param split the column of splits; null if there is none
 */
record CaptionColumns(String picture, List<String> captions, String split) {
  /** Of the first that there is. */
  private static final List<Pattern> PICTURES =
      List.of(
          Pattern.compile(
              "(image|img|picture|photo|pic)_?(name|file|filename|file_name|path|file_path)"
                  + "|file_?name|file_?path|(image|img|picture|photo|pic|file|path)s?"),
          Pattern.compile("(image|img|picture|photo)_?id"),
          Pattern.compile("((image|img|picture|photo)_?)?(url|uri)"));

  /** Of the first that there is; several of one name and a number belong together. */
  private static final List<Pattern> CAPTIONS =
      List.of(
          Pattern.compile("captions?(_?\\d+)?"),
          Pattern.compile("comments?(_?\\d+)?"),
          Pattern.compile("sentences?(_?\\d+)?"),
          Pattern.compile("texts?(_?\\d+)?"),
          Pattern.compile("(image_)?descriptions?(_?\\d+)?"));

  private static final Pattern SPLIT = Pattern.compile("split|subset|set|partition");
  private static final String EXPECTED =
      "expected the header of a table with one column of pictures (such as image, file_name or image_path), one or more of captions (caption, text, comment, caption_0, caption_1, ...), and if need be a split";

  /** Whether names tell of pictures and captions at all. */
  static boolean in(List<String> names) {
    return PICTURES.stream().anyMatch(pattern -> !matching(names, pattern).isEmpty())
        && CAPTIONS.stream().anyMatch(pattern -> !matching(names, pattern).isEmpty());
  }

  /**
   * Recognises them.
   *
   * @param names of all columns
   * @throws DataException if there is none for pictures or captions, or several; tells which there
   *     are, and what was expected
   */
  static CaptionColumns of(List<String> names) {
    List<String> pictures =
        PICTURES.stream()
            .map(pattern -> matching(names, pattern))
            .filter(found -> !found.isEmpty())
            .findFirst()
            .orElse(List.of());
    List<List<String>> families = new ArrayList<>();
    for (Pattern pattern : CAPTIONS) {
      List<String> family = matching(names, pattern);
      if (!family.isEmpty()) {
        families.add(family);
      }
    }
    List<String> splits = matching(names, SPLIT);
    if (pictures.size() != 1 || families.size() != 1 || splits.size() > 1) {
      String reason =
          pictures.isEmpty()
              ? "none of them is known to be that of pictures"
              : families.isEmpty()
                  ? "none of them is known to be that of captions"
                  : pictures.size() > 1
                      ? "several may be that of pictures: " + String.join(", ", pictures)
                      : families.size() > 1
                          ? "several may be that of captions: "
                              + String.join(", ", families.stream().flatMap(List::stream).toList())
                          : "several may be that of splits: " + String.join(", ", splits);
      throw new DataException(
          "%s; found the columns '%s': %s."
              .formatted(EXPECTED, TextLines.shorten(String.join("', '", names)), reason));
    }
    return new CaptionColumns(
        pictures.get(0), families.get(0), splits.isEmpty() ? null : splits.get(0));
  }

  private static List<String> matching(List<String> names, Pattern pattern) {
    return names.stream().filter(name -> pattern.matcher(plain(name)).matches()).toList();
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
  }
}
