package io.caption4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    for (int index = 0; parser.nextToken() == JsonToken.START_OBJECT; index++) {
      String place = "images[" + index + "]";
      try {
        images.accept(image(parser.readValueAsTree(), place));
      } catch (DataException e) {
        problems.add(Kind.BROKEN_ENTRY, file, place, e.getMessage());
      }
    }
    JsonFiles.expect(parser, JsonToken.END_ARRAY, "only objects in 'images'");
  }

  private Image image(JsonNode node, String place) {
    String fileName = text(node, "filename");
    Split split = Split.of(text(node, "split"));
    List<String> captions = new ArrayList<>();
    int index = 0;
    for (JsonNode sentence : node.path("sentences")) {
      String caption = caption(sentence);
      if (caption.isBlank()) {
        problems.add(
            Kind.EMPTY_CAPTION,
            file,
            "%s.sentences[%d]".formatted(place, index),
            "a caption of %s is empty.".formatted(fileName));
      } else {
        captions.add(caption);
      }
      index++;
    }
    String id = node.hasNonNull("cocoid") ? node.get("cocoid").asText() : fileName;
    return new Image(id, fileName, node.path("filepath").asText(""), split, captions);
  }

  /** The raw sentence if there is one, since tokens have lost what our tokenizer needs. */
  private static String caption(JsonNode sentence) {
    if (sentence.hasNonNull("raw")) {
      return sentence.get("raw").asText().strip();
    }
    List<String> tokens = new ArrayList<>();
    sentence.path("tokens").forEach(token -> tokens.add(token.asText()));
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
