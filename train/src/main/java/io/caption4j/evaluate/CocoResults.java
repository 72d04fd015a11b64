package io.caption4j.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caption4j.data.AtomicFiles;
import io.caption4j.data.CaptionTexts;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.JsonIds;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Captions in COCO's results layout: {@code [{"image_id": 42, "caption": "a dog"}, ...]}, in UTF-8.
 * An image_id is a number or a string: a picture's id, its file name, or that without extension.
 *
 * @param source the file, or what else messages shall call it
 * @param entries the captions in the order of the file
 */
public record CocoResults(String source, List<Entry> entries) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // ids stay exact
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN
          .build();
  private static final String LAYOUT =
      "expected a list [{\"image_id\": id or file name, \"caption\": \"...\"}, ...]";

  /**
   * One caption.
   *
   * @param imageId which picture; a number is written out
   * @param caption the raw caption, may be empty
   */
  public record Entry(String imageId, String caption) {}

  /** Copies the list. */
  public CocoResults {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a results file.
   *
   * @throws DataException if it is missing or of another layout
   */
  public static CocoResults read(Path file) {
    try {
      return parse(Files.readAllBytes(file), file);
    } catch (NoSuchFileException e) {
      throw new DataException("There is no candidates file " + file + ".", e);
    } catch (IOException e) {
      throw new DataException(
          "Cannot read candidates from " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  /** The same of a file that was read already: a pipe can be read only once. */
  static CocoResults parse(byte[] content, Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(content);
    } catch (IOException e) {
      throw new DataException(
          "Cannot read candidates from " + file + ": " + LAYOUT + "; " + reason(e) + ".", e);
    }
    if (!root.isArray()) {
      throw new DataException(file + ": " + LAYOUT + ", found " + kind(root) + ".");
    }
    List<Entry> entries = new ArrayList<>(root.size());
    for (JsonNode node : root) {
      entries.add(entry(node, file, entries.size()));
    }
    return new CocoResults(file.toString(), entries);
  }

  private static Entry entry(JsonNode node, Path file, int index) {
    JsonNode id = node.path("image_id");
    JsonNode caption = node.path("caption");
    Optional<String> name = JsonIds.of(id);
    boolean fraction = id.isNumber() && name.filter(ImageLookup::isWhole).isEmpty();
    if (name.isEmpty() || fraction || !caption.isTextual()) {
      throw new DataException(
          "%s: entry %d has %s as image_id and %s as caption; %s."
              .formatted(file, index, kind(id), kind(caption), LAYOUT));
    }
    return new Entry(name.get(), caption.textValue());
  }

  /** What a user should be told of the captions: those that stand for a missing one. */
  public List<String> notes() {
    List<Entry> missing =
        entries.stream()
            .filter(entry -> !entry.caption().isBlank())
            .filter(entry -> CaptionTexts.fault(entry.caption()).isPresent())
            .toList();
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "%s: %d captions stand for a missing one, such as '%s' of picture '%s'; they are scored as they are."
                .formatted(
                    source, missing.size(), missing.get(0).caption(), missing.get(0).imageId()));
  }

  /**
   * The captions of the pictures, in their order.
   *
   * @throws DataException if a picture has no caption or two, or an entry belongs to none of the
   *     pictures; the message names it
   */
  public List<String> captionsFor(List<CaptionedImage> images) {
    ImageLookup lookup = ImageLookup.of(images);
    String[] captions = new String[images.size()];
    for (Entry entry : entries) {
      int index =
          lookup
              .find(entry.imageId())
              .orElseThrow(
                  () -> notFound(entry.imageId(), lookup.alike(entry.imageId(), images), images));
      if (captions[index] != null) {
        throw new DataException(
            "%s: picture '%s' has more than one caption; expected exactly one."
                .formatted(source, entry.imageId()));
      }
      captions[index] = entry.caption();
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < captions.length; i++) {
      if (captions[i] == null) {
        missing.add(images.get(i).id());
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s: picture '%s' has no caption (%d of %d have none); expected exactly one each."
              .formatted(source, missing.get(0), missing.size(), images.size()));
    }
    return Arrays.asList(captions);
  }

  private DataException notFound(
      String name, List<CaptionedImage> alike, List<CaptionedImage> images) {
    if (alike.isEmpty()) {
      return new DataException(
          "%s: picture '%s' is not among the %d pictures to score%s."
              .formatted(source, name, images.size(), example(images)));
    }
    return new DataException(
        "%s: picture '%s' may be '%s' or '%s' of those to score; expected a path or id that only one has."
            .formatted(source, name, alike.get(0).id(), alike.get(1).id()));
  }

  /**
   * The results of a model: each picture's id with its caption.
   *
   * @param captions one a picture, in their order
   */
  public static CocoResults of(List<CaptionedImage> images, List<String> captions) {
    if (images.size() != captions.size()) {
      throw new IllegalArgumentException(
          "Expected one caption for each of %d images, found %d."
              .formatted(images.size(), captions.size()));
    }
    List<Entry> entries = new ArrayList<>(captions.size());
    for (int i = 0; i < captions.size(); i++) {
      entries.add(new Entry(images.get(i).id(), captions.get(i)));
    }
    return new CocoResults("results", entries);
  }

  /**
   * Writes the file, one entry a line; ids that are whole numbers become numbers, as COCO has them.
   *
   * @throws DataException if it cannot be written
   */
  public void write(Path file) {
    StringBuilder text = new StringBuilder("[");
    String separator = "\n";
    for (Entry entry : entries) {
      ObjectNode node = JSON.createObjectNode();
      if (ImageLookup.isNumber(entry.imageId())) {
        node.put("image_id", new BigInteger(entry.imageId()));
      } else {
        node.put("image_id", entry.imageId());
      }
      node.put("caption", entry.caption());
      text.append(separator).append(node);
      separator = ",\n";
    }
    try {
      text.append("\n]\n");
      AtomicFiles.write(file, part -> Files.writeString(part, text));
    } catch (IOException e) {
      throw new DataException(
          "Cannot write captions to %s: %s.".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      return "line %d: %s"
          .formatted(json.getLocation().getLineNr(), json.getOriginalMessage().strip());
    }
    return e.toString();
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> "nothing";
      case STRING -> "a string";
      case NUMBER ->
          node.isIntegralNumber() ? "a number" : node.asText().equals("NaN") ? "NaN" : "a fraction";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      default -> node.toString();
    };
  }

  private static String example(List<CaptionedImage> images) {
    return images.isEmpty() ? "" : " (such as '" + images.get(0).id() + "')";
  }
}
