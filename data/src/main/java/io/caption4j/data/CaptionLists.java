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

  /** Adds a caption; an empty one is a problem instead. */
  void add(String name, String caption, String place) {
    List<String> captions = byName.computeIfAbsent(name, k -> new ArrayList<>());
    Optional<String> fault = CaptionTexts.fault(caption);
    if (fault.isPresent()) {
      problems.add(
          Kind.EMPTY_CAPTION, file, place, "the caption of %s %s.".formatted(name, fault.get()));
    } else {
      captions.add(caption.strip());
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
