package io.caption4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Karpathy's {@code dataset_*.json}, picture by picture; only one is in memory at a time. */
final class KarpathyFile {
  /**
   * One element of {@code images}.
   *
   * @param id {@code cocoid} if there is one, else the file name
   * @param fileName without folders
   * @param folder {@code filepath}, the picture's folder; empty if it is not told
   * @param split its split, restval counted as training
   * @param captions those that are not empty, none maybe
   */
  record Image(String id, String fileName, String folder, Split split, List<String> captions) {}

  private final Path file;
  private final Problems problems;

  private KarpathyFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads all elements; broken ones are problems. */
  static void each(Path file, Problems problems, Consumer<Image> images) {
    KarpathyFile reading = new KarpathyFile(file, problems);
    JsonFiles.readObject(
        file,
        (field, parser) -> {
          if (field.equals("images")) {
            reading.readImages(parser, images);
          } else {
            parser.skipChildren();
          }
        });
  }

  private void readImages(JsonParser parser, Consumer<Image> images) throws IOException {
    JsonFiles.expect(parser, JsonToken.START_ARRAY, "a list of pictures in 'images'");
    for (int index = 0; JsonFiles.element(parser, "images"); index++) {
      String place = "images[" + index + "]";
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        broken(place, parser);
        continue;
      }
      try {
        images.accept(image(parser.readValueAsTree(), place));
      } catch (DataException e) {
        problems.add(Kind.BROKEN_ENTRY, file, place, e.getMessage());
      }
    }
  }

  private void broken(String place, JsonParser parser) throws IOException {
    String found = JsonFiles.kind(parser.currentToken());
    problems.add(Kind.BROKEN_ENTRY, file, place, "expected an object, found " + found + ".");
    parser.skipChildren();
  }

  private Image image(JsonNode node, String place) {
    String fileName = text(node, "filename");
    Split split = Split.of(text(node, "split").strip());
    List<String> captions = new ArrayList<>();
    int index = 0;
    for (JsonNode sentence : node.path("sentences")) {
      String where = "%s.sentences[%d]".formatted(place, index);
      try {
        String caption = caption(sentence);
        Optional<String> fault = CaptionTexts.fault(caption);
        if (fault.isEmpty()) {
          captions.add(caption);
        } else {
          problems.add(
              Kind.EMPTY_CAPTION,
              file,
              where,
              "a caption of %s %s.".formatted(fileName, fault.get()));
        }
      } catch (DataException e) {
        problems.add(Kind.BROKEN_ENTRY, file, where, e.getMessage());
      }
      index++;
    }
    String id = JsonIds.of(node.path("cocoid")).orElse(fileName);
    String folder = node.path("filepath").isTextual() ? node.get("filepath").textValue() : "";
    return new Image(id, fileName, folder, split, captions);
  }

  /** The raw sentence if there is one, since tokens have lost what our tokenizer needs. */
  private static String caption(JsonNode sentence) {
    JsonNode raw = sentence.path("raw");
    if (raw.isTextual()) {
      return raw.textValue().strip();
    }
    boolean missing = raw.isNull() || raw.isMissingNode() || raw.asText().equals("NaN");
    if (!missing || !sentence.isObject()) {
      throw new DataException(
          "expected a text 'raw', found %s."
              .formatted(TextLines.shorten((missing ? sentence : raw).toString())));
    }
    if (!raw.isMissingNode() && !sentence.has("tokens")) {
      return raw.asText(); // named as what stands for a missing caption
    }
    List<String> tokens = new ArrayList<>();
    for (JsonNode token : sentence.path("tokens")) {
      if (!token.isTextual() && (!token.isNumber() || token.asText().equals("NaN"))) {
        throw new DataException(
            "expected words in 'tokens', found %s.".formatted(TextLines.shorten(token.toString())));
      }
      tokens.add(token.asText());
    }
    return String.join(" ", tokens);
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new DataException(
          "expected a text '%s', found %s."
              .formatted(
                  field, value.isMissingNode() ? "nothing" : TextLines.shorten(value.toString())));
    }
    return value.asText();
  }
}
