package io.caption4j.align;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.DataException;
import io.caption4j.data.JsonFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Boxes of pictures read from a file, those of any detector. It is one JSON object with a field for
 * each picture, named like the picture's file:
 *
 * <pre>{@code
 * {"dog.jpg": [{"x": 10, "y": 20, "width": 100, "height": 50}, ...],
 *  "holiday/beach.jpg": [[0, 200, 640, 280], ...]}
 * }</pre>
 *
 * <p>A box is an object with x, y, width and height, an array of these four as COCO has it, or an
 * object with such an array called bbox; further fields of it, as a score or a class, are passed
 * over. Numbers are in pixels of the original, upright picture and may have fractions: edges are
 * rounded to whole pixels.
 */
public final class BoxFile {
  private static final List<String> SIDES = List.of("x", "y", "width", "height");

  private final Path file;
  private final Map<String, List<Box>> boxes;

  private BoxFile(Path file, Map<String, List<Box>> boxes) {
    this.file = file;
    this.boxes = boxes;
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it cannot be read, is not valid JSON or not of this layout; the
   *     message names file, picture and the box by its number from 1
   */
  public static BoxFile read(Path file) {
    Map<String, List<Box>> boxes = new LinkedHashMap<>();
    JsonFiles.readObject(
        file,
        (picture, parser) -> {
          if (boxes.put(picture, boxes(picture, parser)) != null) {
            throw new DataException("%s stands twice.".formatted(picture));
          }
        });
    return new BoxFile(file, boxes);
  }

  private static List<Box> boxes(String picture, JsonParser parser) throws IOException {
    JsonNode list = parser.readValueAsTree();
    if (!list.isArray()) {
      throw new DataException(
          "%s: expected a list of boxes, found %s.".formatted(picture, shorten(list)));
    }
    List<Box> boxes = new ArrayList<>();
    for (JsonNode box : list) {
      try {
        boxes.add(box(box));
      } catch (AlignException e) {
        throw new DataException(
            "%s, box %d: %s".formatted(picture, boxes.size() + 1, e.getMessage()), e);
      }
    }
    return List.copyOf(boxes);
  }

  private static Box box(JsonNode node) {
    JsonNode box = node.has("bbox") ? node.get("bbox") : node;
    double[] sides = new double[SIDES.size()];
    for (int i = 0; i < sides.length; i++) {
      JsonNode number = box.isArray() ? box.get(i) : box.get(SIDES.get(i));
      if (number == null || !number.isNumber() || box.isArray() && box.size() != sides.length) {
        throw new AlignException(
            "expected the numbers x, y, width and height, found %s.".formatted(shorten(node)));
      }
      sides[i] = number.doubleValue();
    }
    if (!(sides[2] > 0 && sides[3] > 0)) {
      throw new AlignException(
          "expected a width and height above 0, found %s.".formatted(shorten(node)));
    }
    long[] columns = edges(sides[0], sides[2]);
    long[] rows = edges(sides[1], sides[3]);
    if (columns[0] < 0 || rows[0] < 0) {
      throw new AlignException(
          "expected an x and y of 0 or more, found %s.".formatted(shorten(node)));
    }
    if (columns[1] > Integer.MAX_VALUE || rows[1] > Integer.MAX_VALUE) {
      throw new AlignException(
          "expected a box of pixels of a picture, found %s.".formatted(shorten(node)));
    }
    return new Box(
        (int) columns[0],
        (int) rows[0],
        (int) (columns[1] - columns[0]),
        (int) (rows[1] - rows[0]));
  }

  /** First pixel and the one after the last; an interval within a pixel takes that pixel. */
  private static long[] edges(double from, double length) {
    long first = Math.round(from);
    long end = Math.round(from + length);
    if (end <= first) {
      first = (long) Math.floor(from);
      end = first + 1;
    }
    return new long[] {first, end};
  }

  private static String shorten(JsonNode node) {
    String text = node.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }

  /** The names of the pictures, in the file's order. */
  public Set<String> pictures() {
    return Collections.unmodifiableSet(boxes.keySet());
  }

  /**
   * The boxes of one picture. The file may name it by any number of its path's last parts, so
   * {@code photos/holiday/beach.jpg} is found as that, as holiday/beach.jpg and as beach.jpg.
   *
   * @return proposes the whole picture first, then the file's boxes in their order; it throws an
   *     {@link AlignException} that names file, picture and box if one reaches out of the picture
   * @throws AlignException if the file does not name the picture
   */
  public RegionProposer of(Path picture) {
    for (int from = 0; from < picture.getNameCount(); from++) {
      String name = picture.subpath(from, picture.getNameCount()).toString().replace('\\', '/');
      List<Box> found = boxes.get(name);
      if (found != null) {
        return (width, height) -> propose(name, found, width, height);
      }
    }
    throw new AlignException(
        "%s has no boxes of %s; expected a field \"%s\"."
            .formatted(file, picture, picture.getFileName()));
  }

  private List<Box> propose(String name, List<Box> found, int width, int height) {
    Box whole = Box.whole(width, height);
    List<Box> proposed = new ArrayList<>();
    proposed.add(whole);
    for (int i = 0; i < found.size(); i++) {
      try {
        Box box = found.get(i).within(width, height);
        if (!box.equals(whole)) {
          proposed.add(box);
        }
      } catch (AlignException e) {
        throw new AlignException(
            "%s: %s, box %d: %s".formatted(file, name, i + 1, e.getMessage()), e);
      }
    }
    return proposed;
  }
}
