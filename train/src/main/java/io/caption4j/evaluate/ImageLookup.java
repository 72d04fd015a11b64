package io.caption4j.evaluate;

import io.caption4j.data.CaptionedImage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a picture by what a results file calls it: by id first, then by file name, then by file
 * name without extension, each exactly and then, where all are digits, as numbers, so that {@code
 * 139} finds {@code 000000000139.jpg}; last with a question mark for each control character. Of a
 * path the folders are left off one by one. A name that fits several pictures alike finds none.
 */
final class ImageLookup {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,100}");
  private static final Pattern COCO = Pattern.compile("(?:COCO_\\w+_)?(\\d{12})(?:\\.\\w+)?");
  private static final int AMBIGUOUS = -1;

  private final List<Map<String, Integer>> keys; // in the order they are tried

  private ImageLookup(List<Map<String, Integer>> keys) {
    this.keys = keys;
  }

  static ImageLookup of(List<CaptionedImage> images) {
    List<Map<String, Integer>> keys = new ArrayList<>();
    List<Function<CaptionedImage, String>> names =
        List.of(
            CaptionedImage::id,
            image -> number(image.id()),
            CaptionedImage::fileName,
            image -> stem(image.fileName()),
            image -> number(stem(image.fileName())),
            image -> image.fileName().replaceAll("\\p{Cntrl}", "?")); // as text has it
    for (Function<CaptionedImage, String> name : names) {
      Map<String, Integer> indexes = new HashMap<>();
      for (int i = 0; i < images.size(); i++) {
        indexes.merge(name.apply(images.get(i)), i, (first, second) -> AMBIGUOUS);
      }
      keys.add(indexes);
    }
    return new ImageLookup(keys);
  }

  /** The index of the picture with this name, empty if there is none or there are several. */
  OptionalInt find(String name) {
    String path = name.replace('\\', '/');
    for (String rest = path; ; rest = rest.substring(rest.indexOf('/') + 1)) {
      Integer index = exactly(rest);
      if (index != null) {
        return index == AMBIGUOUS ? OptionalInt.empty() : OptionalInt.of(index);
      }
      if (rest.indexOf('/') < 0) {
        Matcher coco = COCO.matcher(rest);
        Integer number = exactly(coco.matches() ? coco.group(1) : stem(rest));
        return number == null || number == AMBIGUOUS ? OptionalInt.empty() : OptionalInt.of(number);
      }
    }
  }

  /**
   * Two of the pictures that a name fits alike; none if it fits one or no picture.
   *
   * @param images those that this was made of
   */
  List<CaptionedImage> alike(String name, List<CaptionedImage> images) {
    List<CaptionedImage> alike = new ArrayList<>();
    if (find(name).isEmpty()) {
      for (CaptionedImage image : images) {
        if (alike.size() < 2 && of(List.of(image)).find(name).isPresent()) {
          alike.add(image);
        }
      }
    }
    return alike.size() < 2 ? List.of() : alike;
  }

  /** The index, negative if several fit alike, null if none does. */
  private Integer exactly(String name) {
    for (Map<String, Integer> indexes : keys) {
      Integer index = indexes.getOrDefault(name, indexes.get(number(name)));
      if (index != null) {
        return index;
      }
    }
    return null;
  }

  /** Whether a name is a whole number as JSON may write it. */
  static boolean isNumber(String name) {
    return DIGITS.matcher(name).matches() && number(name).equals(name);
  }

  /** Whether a name is a whole number, be it negative. */
  static boolean isWhole(String name) {
    return isNumber(name.startsWith("-") ? name.substring(1) : name);
  }

  private static String number(String name) {
    return DIGITS.matcher(name).matches() ? new BigInteger(name).toString() : name;
  }

  private static String stem(String fileName) {
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }
}
