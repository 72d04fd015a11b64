package io.caption4j.cli;

import io.caption4j.data.FileNames;
import io.caption4j.decoder.Caption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;

/** Prints captions in one of the formats, each picture's as they come; closed at the end. */
final class CaptionPrinter implements AutoCloseable {
  /** COCO's file names, with the picture's number. */
  private static final Pattern COCO = Pattern.compile("(?:COCO_\\w+_)?(\\d{12})\\.\\w+");

  private final Console console;
  private final CaptionFormat format;
  private final boolean several;
  private final Map<Object, Integer> ids = new HashMap<>();
  private boolean begun;

  /**
   * Makes one.
   *
   * @param pictures all that may come
   * @param several whether a picture may have more captions than one
   */
  CaptionPrinter(Console console, CaptionFormat format, List<Path> pictures, boolean several) {
    this.console = console;
    this.format = format;
    this.several = several;
    pictures.forEach(picture -> ids.merge(cocoId(picture), 1, Integer::sum));
    if (format == CaptionFormat.CSV) {
      console.result(several ? "image,caption,rank,log_probability" : "image,caption");
    }
  }

  /**
   * Prints a picture's captions.
   *
   * @param explanation the file that shows where the model looked; null if there is none
   */
  void print(Path picture, List<Caption> captions, Path explanation) {
    switch (format) {
      case JSON -> console.json(CaptionJson.of(picture, captions, explanation));
      case COCO -> {
        Map<String, Object> entry = new LinkedHashMap<>();
        Object id = cocoId(picture);
        entry.put("image_id", ids.getOrDefault(id, 1) > 1 ? FileNames.of(picture) : id);
        entry.put("caption", captions.isEmpty() ? "" : captions.get(0).text());
        console.result((begun ? "," : "[") + console.jsonText(entry));
        begun = true;
      }
      default -> {
        for (int rank = 1; rank <= captions.size(); rank++) {
          line(picture, captions.get(rank - 1), rank);
        }
      }
    }
  }

  private void line(Path picture, Caption caption, int rank) {
    String probability = String.format(Locale.ROOT, "%.3f", caption.logProbability());
    if (format == CaptionFormat.TEXT) {
      String line = Console.printable(picture) + "\t" + caption.text();
      console.result(several ? line + "\t" + probability : line);
    } else {
      console.result(
          several
              ? CSVFormat.DEFAULT.format(FileNames.of(picture), caption.text(), rank, probability)
              : CSVFormat.DEFAULT.format(FileNames.of(picture), caption.text()));
    }
  }

  /** The number in one of COCO's file names, else the file name. */
  static Object cocoId(Path picture) {
    String name = FileNames.of(picture.getFileName());
    Matcher number = COCO.matcher(name);
    return number.matches() ? (Object) Long.valueOf(number.group(1)) : name;
  }

  /** Ends what was begun: a list is whole even if an error stopped the work. */
  @Override
  public void close() {
    if (format == CaptionFormat.COCO) {
      console.result(begun ? "]" : "[]");
    }
  }
}
