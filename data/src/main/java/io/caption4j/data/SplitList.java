package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which split each picture belongs to, where other files than the captions' say so. */
final class SplitList {
  private record Entry(Split split, Path file, String place) {}

  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>(); // by picture's name

  SplitList(Problems problems) {
    this.problems = problems;
  }

  /** Adds a picture; one that is there already is a problem. */
  void add(String name, Split split, Path file, String place) {
    Entry first = entries.putIfAbsent(name, new Entry(split, file, place));
    if (first != null && first.split() == split) {
      problems.add(
          Kind.REPEATED_ID, file, place, name + " is in this split already; counted once.");
    } else if (first != null) {
      problems.add(
          Kind.TWO_SPLITS,
          file,
          place,
          "%s is in split '%s' already; a picture has one split."
              .formatted(name, first.split().label()));
    }
  }

  /**
   * The pictures that have both captions and a split, in the order of the splits.
   *
   * @param captions captions by picture's name
   * @throws DataException if there is none
   */
  List<CaptionedImage> join(
      Map<String, List<String>> captions, Path captionFile, PictureFolders folders) {
    List<CaptionedImage> images = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          List<String> texts = captions.get(name);
          if (texts == null) {
            problems.add(
                Kind.PICTURE_WITHOUT_CAPTION,
                entry.file(),
                entry.place(),
                name + " has no caption; left out.");
          } else {
            Path path = folders.find(List.of(name));
            images.add(new CaptionedImage(name, name, path, entry.split(), texts));
          }
        });
    if (images.isEmpty()) {
      throw new DataException(
          "%s: none of its %d pictures is in a list of a split."
              .formatted(captionFile, captions.size()));
    }
    captions.forEach(
        (name, texts) -> {
          if (!entries.containsKey(name)) {
            problems.add(
                Kind.PICTURE_WITHOUT_SPLIT,
                captionFile,
                name,
                "is in no split; its %d captions are left out.".formatted(texts.size()));
          }
        });
    return images;
  }
}
