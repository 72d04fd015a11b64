package io.caption4j.cli;

import io.caption4j.data.FileNames;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.ObjectBox;
import io.caption4j.encoder.detect.ObjectClasses;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Prints the objects of pictures. */
final class ObjectPrinter {
  private static final int SCORE_DIGITS = 6;
  private static final int BOX_DIGITS = 3;

  /** Digits alone, or twelve of them at the end, as in COCO_val2014_000000000042. */
  private static final Pattern COCO_ID =
      Pattern.compile("(?:[0-9]{1,18}|.*[^0-9][0-9]{12})\\.[^.]*");

  private final DetectFormat format;
  private final ObjectClasses classes;
  private final Console console;
  private boolean begun; // COCO's list

  ObjectPrinter(DetectFormat format, ObjectClasses classes, Console console) {
    this.format = format;
    this.classes = classes;
    this.console = console;
  }

  /**
   * Prints a picture's objects.
   *
   * @param drawn the file that shows them; null if there is none
   */
  void print(Path picture, List<DetectedObject> objects, Path drawn) {
    switch (format) {
      case TEXT -> objects.forEach(object -> console.result(line(picture, object)));
      case JSON -> console.json(json(picture, objects, drawn));
      case COCO -> objects.forEach(object -> coco(picture, object));
    }
  }

  /** Ends COCO's list. */
  void end() {
    if (format == DetectFormat.COCO) {
      console.result(begun ? "]" : "[]");
    }
  }

  private static String line(Path picture, DetectedObject object) {
    ObjectBox box = object.box();
    return String.format(
        Locale.ROOT,
        "%s\t%s\t%.3f\t%.0f,%.0f,%.0f,%.0f",
        Console.printable(picture),
        Console.printable(object.name()),
        object.score(),
        box.x(),
        box.y(),
        box.width(),
        box.height());
  }

  private static Map<String, Object> json(Path picture, List<DetectedObject> objects, Path drawn) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("image", FileNames.of(picture));
    json.put("objects", objects.stream().map(ObjectPrinter::json).toList());
    if (drawn != null) {
      json.put("explanation", FileNames.of(drawn));
    }
    return json;
  }

  private static Map<String, Object> json(DetectedObject object) {
    Map<String, Object> box = new LinkedHashMap<>();
    box.put("x", rounded(object.box().x(), BOX_DIGITS));
    box.put("y", rounded(object.box().y(), BOX_DIGITS));
    box.put("width", rounded(object.box().width(), BOX_DIGITS));
    box.put("height", rounded(object.box().height(), BOX_DIGITS));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", object.name());
    json.put("score", rounded(object.score(), SCORE_DIGITS));
    json.put("box", box);
    return json;
  }

  private void coco(Path picture, DetectedObject object) {
    ObjectBox box = object.box();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("image_id", imageId(picture));
    json.put("category_id", classes.id(object.name()));
    json.put(
        "bbox",
        List.of(
            rounded(box.x(), BOX_DIGITS),
            rounded(box.y(), BOX_DIGITS),
            rounded(box.width(), BOX_DIGITS),
            rounded(box.height(), BOX_DIGITS)));
    json.put("score", rounded(object.score(), SCORE_DIGITS));
    console.json(begun ? "," : "[", json);
    begun = true;
  }

  /** COCO's number of a picture, or its file name. */
  static Object imageId(Path picture) {
    String name = FileNames.of(picture.getFileName());
    if (!COCO_ID.matcher(name).matches()) {
      return name;
    }
    String stem = name.substring(0, name.lastIndexOf('.'));
    return Long.parseLong(stem.replaceFirst("^.*[^0-9]", ""));
  }

  private static double rounded(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).doubleValue();
  }
}
