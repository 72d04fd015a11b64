package io.caption4j.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the captions out of a file's cells and JSON values. What stands for a missing caption, and
 * what is no text, becomes a problem.
 */
public final class CaptionTexts {
  /** What pandas and others write for a missing value; nobody's whole caption. */
  private static final Set<String> MISSING =
      Set.of("nan", "-nan", "none", "null", "n/a", "na", "<na>", "#n/a", "#na", "undefined");

  private final Path file;
  private final Problems problems;
  private int lists;

  CaptionTexts(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Why a text is no caption, such as "is empty"; empty if it is one. */
  public static Optional<String> fault(String text) {
    String bare = text == null ? "" : text.strip();
    if (text == null || bare.isEmpty()) {
      return Optional.of("is empty");
    }
    return MISSING.contains(bare.toLowerCase(Locale.ROOT))
        ? Optional.of("is '" + bare + "', which stands for a missing one")
        : Optional.empty();
  }

  /** The captions of a table's cell: itself, or those of the list that Python wrote there. */
  List<String> ofCell(String picture, String place, String cell) {
    List<String> captions = new ArrayList<>();
    if (!PythonList.looksLikeOne(cell)) {
      add(picture, place, cell, captions);
      return captions;
    }
    Optional<List<String>> list = PythonList.parse(cell);
    if (list.isEmpty()) {
      broken(picture, place, "a list that is not whole: '" + TextLines.shorten(cell) + "'");
    } else if (list.get().isEmpty()) {
      add(picture, place, "", captions);
    } else {
      lists++;
      list.get().forEach(text -> add(picture, place, text, captions));
    }
    return captions;
  }

  /** The captions of a JSON value: a text, a number or a list of these. */
  List<String> ofJson(String picture, String place, JsonNode value) {
    List<String> captions = new ArrayList<>();
    for (JsonNode one : value.isArray() ? value : List.of(value)) {
      if (one.isTextual()) {
        captions.addAll(ofCell(picture, place, one.textValue()));
      } else if (one.isNull() || one.isNumber()) {
        add(picture, place, one.isNull() ? "null" : one.asText(), captions);
      } else {
        broken(picture, place, "found " + TextLines.shorten(one.toString()));
      }
    }
    return captions;
  }

  /** What a user should be told of lists that were written as text; empty if there were none. */
  Optional<String> note() {
    return lists == 0
        ? Optional.empty()
        : Optional.of(
            "%s has lists that Python wrote as text (%d of them); each caption in them counts."
                .formatted(file, lists));
  }

  private void add(String picture, String place, String text, List<String> captions) {
    Optional<String> fault = fault(text);
    if (fault.isPresent()) {
      problems.add(
          Kind.EMPTY_CAPTION, file, place, "a caption of %s %s.".formatted(picture, fault.get()));
    } else {
      captions.add(text.strip());
    }
  }

  private void broken(String picture, String place, String found) {
    problems.add(
        Kind.BROKEN_ENTRY,
        file,
        place,
        "expected a text as caption of %s, %s."
            .formatted(picture, found.startsWith("found") ? found : "found " + found));
  }
}
