package io.caption4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One annotation file of COCO, streamed; either of its lists may come first. */
final class CocoFile {
  private final Path file;
  private final Problems problems;
  private final Map<String, String> fileNames = new LinkedHashMap<>(); // by picture's id
  private final Map<String, List<String>> captions = new LinkedHashMap<>(); // by picture's id
  private final Set<String> annotations = new HashSet<>(); // ids
  private int rejections;

  CocoFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
    JsonFiles.readObject(
        file,
        (field, parser) -> {
          switch (field) {
            case "images" -> readList(parser, "images", "id", "file_name", this::addImage);
            case "annotations" ->
                readList(parser, "annotations", "image_id", "caption", this::addCaption);
            default -> parser.skipChildren();
          }
        });
    annotations.clear();
    if (captions.isEmpty()) {
      throw problems.nothingIn(file, "some in 'annotations'");
    }
  }

  /** File names by picture's id, in the order of the file. */
  Map<String, String> fileNames() {
    return fileNames;
  }

  /** How many captions VizWiz's {@code is_rejected} marks as worthless; they are left out. */
  int rejections() {
    return rejections;
  }

  /** Captions by picture's id. */
  Map<String, List<String>> captions() {
    return captions;
  }

  private void addImage(int index, String id, String name, String ignored) {
    String first = fileNames.putIfAbsent(id, name);
    if (first != null && first.equals(name)) {
      problems.add(Kind.REPEATED_ID, file, "id " + id, name + " is listed once more.");
    } else if (first != null) {
      problems.add(
          Kind.CONFLICTING_ID,
          file,
          "id " + id,
          "is the id of %s and of %s.".formatted(first, name));
    }
  }

  private void addCaption(int index, String imageId, String caption, String id) {
    String text = caption.strip();
    List<String> texts = captions.get(imageId);
    Optional<String> fault = CaptionTexts.fault(text);
    if (fault.isPresent()) {
      problems.add(
          Kind.EMPTY_CAPTION,
          file,
          place("annotations", index, id),
          "a caption of image_id %s %s.".formatted(imageId, fault.get()));
      return;
    }
    if (id != null && !annotations.add(id)) {
      boolean same = texts != null && texts.contains(text);
      problems.add(
          Kind.REPEATED_ID,
          file,
          place("annotations", index, id),
          "occurs once more; "
              + (same ? "the same caption, left out." : "another caption, which is kept."));
      if (same) {
        return;
      }
    }
    if (texts == null) {
      texts = new ArrayList<>(5);
      captions.put(imageId, texts);
    }
    texts.add(text);
  }

  /** Whether a caption's value is null, or the NaN that Python writes for a missing one. */
  private static boolean isMissing(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL
        || (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT
            && parser.getText().equals("NaN"));
  }

  private static String place(String list, int index, String id) {
    return list + "[" + index + "]" + (id == null ? "" : ", id " + id);
  }

  private interface Element {
    /** The last is the element's own id, if that is not the key; else null. */
    void accept(int index, String key, String text, String id);
  }

  /** Reads a list of objects for a key and a text; what lacks one is a problem. */
  private void readList(
      JsonParser parser, String list, String keyField, String textField, Element element)
      throws IOException {
    JsonFiles.expect(parser, JsonToken.START_ARRAY, "a list in '" + list + "'");
    for (int index = 0; JsonFiles.element(parser, list); index++) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        String found = JsonFiles.kind(parser.currentToken());
        problems.add(
            Kind.BROKEN_ENTRY,
            file,
            place(list, index, null),
            "expected an object, found " + found + ".");
        parser.skipChildren();
        continue;
      }
      String key = null;
      String text = null;
      String id = null;
      boolean rejected = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals(keyField) && value.isScalarValue()) {
          key = JsonIds.of(parser).orElse(null);
        } else if (field.equals(textField) && value == JsonToken.VALUE_STRING) {
          text = field.equals("file_name") && parser.getText().isBlank() ? null : parser.getText();
        } else if (field.equals("caption") && isMissing(parser)) {
          text = "null";
        } else if (field.equals("is_rejected")) {
          rejected = value == JsonToken.VALUE_TRUE;
          parser.skipChildren();
        } else if (field.equals("id") && value.isScalarValue()) {
          id = JsonIds.of(parser).orElse(null);
        } else {
          parser.skipChildren();
        }
      }
      if (key == null || text == null) {
        problems.add(
            Kind.BROKEN_ENTRY,
            file,
            place(list, index, keyField.equals("id") ? key : id),
            "expected '%s' and a text '%s', found no '%s'."
                .formatted(keyField, textField, key == null ? keyField : textField));
      } else if (rejected) {
        rejections++;
      } else {
        element.accept(index, key, text, id);
      }
    }
  }
}
