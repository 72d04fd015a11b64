package io.caption4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Karpathy's {@code dataset_*.json} (Karpathy and Fei-Fei 2015): one object whose {@code images}
 * have a {@code filename}, a {@code split} and {@code sentences}; COCO's also {@code filepath}, the
 * picture's folder, and {@code cocoid}.
 */
final class KarpathyLayout implements CaptionLayout {
  @Override
  public String name() {
    return "karpathy";
  }

  @Override
  public String files() {
    return "dataset_*.json";
  }

  @Override
  public boolean named(String fileName) {
    return fileName.matches("dataset(_.*)?\\.json");
  }

  @Override
  public boolean reads(Path file) {
    return JsonFiles.firstImageHas(file, "sentences");
  }

  @Override
  public CaptionDataset read(Request request) {
    Path file = request.files().get(0);
    List<CaptionedImage> images = new ArrayList<>();
    List<String> notes = new ArrayList<>(request.notes());
    int[] uncaptioned = {0};
    JsonFiles.readObject(
        file,
        (field, parser) -> {
          if (field.equals("images")) {
            JsonFiles.expect(parser, JsonToken.START_ARRAY, "a list of pictures in 'images'");
            while (parser.nextToken() == JsonToken.START_OBJECT) {
              CaptionedImage image = image(parser, images.size(), request.pictures());
              if (image == null) {
                uncaptioned[0]++;
              } else {
                images.add(image);
              }
            }
            JsonFiles.expect(parser, JsonToken.END_ARRAY, "only objects in 'images'");
          } else {
            parser.skipChildren();
          }
        });
    if (images.isEmpty()) {
      throw new DataException(file + " has no captions; expected 'images' with 'sentences'.");
    }
    if (uncaptioned[0] > 0) {
      notes.add("Left out %d pictures that have no caption.".formatted(uncaptioned[0]));
    }
    return new CaptionDataset(name(), file, images, notes);
  }

  /** One element of {@code images}, null if it has no caption. */
  private static CaptionedImage image(JsonParser parser, int index, PictureFolders pictures)
      throws IOException {
    JsonNode node = parser.readValueAsTree();
    String fileName = text(node, "filename", index);
    Split split = Split.of(text(node, "split", index));
    List<String> captions = new ArrayList<>();
    for (JsonNode sentence : node.path("sentences")) {
      String caption = caption(sentence);
      if (!caption.isBlank()) {
        captions.add(caption);
      }
    }
    if (captions.isEmpty()) {
      return null;
    }
    String id = node.hasNonNull("cocoid") ? node.get("cocoid").asText() : fileName;
    String folder = node.path("filepath").asText("");
    List<String> places =
        folder.isEmpty() ? List.of(fileName) : List.of(folder + "/" + fileName, fileName);
    return new CaptionedImage(id, fileName, pictures.find(places), split, captions);
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

  private static String text(JsonNode node, String field, int index) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new DataException(
          "images[%d]: expected a text '%s', found %s."
              .formatted(index, field, value.isMissingNode() ? "nothing" : value));
    }
    return value.asText();
  }
}
