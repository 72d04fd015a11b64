package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the captions of pictures from a file with one caption a line. */
final class CaptionLists {
  private final Path file;
  private final Problems problems;
  private final Map<String, List<String>> byName = new LinkedHashMap<>();

  CaptionLists(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Adds a caption; an empty one is a problem instead, as is one of no picture. */
  void add(String name, String caption, String place) {
    if (CaptionTexts.fault(name).isPresent()) {
      problems.add(Kind.BROKEN_ENTRY, file, place, "expected the name of a picture, found none.");
      return;
    }
    List<String> captions = byName.computeIfAbsent(name, k -> new ArrayList<>());
    Optional<String> fault = CaptionTexts.fault(caption);
    if (fault.isPresent()) {
      problems.add(
          Kind.EMPTY_CAPTION, file, place, "the caption of %s %s.".formatted(name, fault.get()));
    } else {
      captions.add(caption.strip());
    }
  }

  /** Adds the captions of a table's cell: itself, or those of the list that Python wrote there. */
  void addCell(String name, String cell, String place, CaptionTexts texts) {
    if (PythonList.looksLikeOne(cell)) {
      byName.computeIfAbsent(name, k -> new ArrayList<>());
      texts.ofCell(name, place, cell).forEach(caption -> add(name, caption, place));
    } else {
      add(name, cell, place);
    }
  }

  /** Whether a picture has a caption already. */
  boolean has(String name, String caption) {
    return byName.getOrDefault(name, List.of()).contains(caption);
  }

  /** Captions by name, in the order of the file; a name without any is a problem. */
  Map<String, List<String>> byName() {
    byName
        .entrySet()
        .removeIf(
            entry -> {
              if (entry.getValue().isEmpty()) {
                problems.add(
                    Kind.PICTURE_WITHOUT_CAPTION,
                    file,
                    entry.getKey(),
                    "has no caption; left out.");
              }
              return entry.getValue().isEmpty();
            });
    return byName;
  }

  boolean isEmpty() {
    return byName.values().stream().allMatch(List::isEmpty);
  }
}
