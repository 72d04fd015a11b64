package io.caption4j.encoder.detect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.FileErrors;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model without anchors says what it found, as a JSON file of the model's name beside it has
 * it:
 *
 * <pre>{"head": "yolox", "strides": [8, 16, 32], "letterbox": true,
 * "size": 416, "order": "BGR", "mean": [0, 0, 0], "deviation": [1, 1, 1]}</pre>
 *
 * @param head what the numbers of a position mean
 * @param strides pixels from one position to the next, a number for each grid
 * @param offset of the first position, in strides
 * @param letterbox whether pictures keep their shape and are filled up at the right and the bottom;
 *     else they are stretched
 * @param overlap largest overlap of two boxes of a class, 0 to 1
 * @param preprocessing size, order of channels, mean and deviation
 */
record HeadDescription(
    Head head,
    List<Integer> strides,
    double offset,
    boolean letterbox,
    double overlap,
    Preprocessing preprocessing) {
  /** The kinds of heads. */
  enum Head {
    /** Centre, size, a score of being anything, and one a class (arXiv:2107.08430). */
    YOLOX,
    /** A score a class, and four distributions of distances (arXiv:2006.04388). */
    NANODET
  }

  /** The file beside a model: its name with .json. */
  static Path beside(Path model) {
    String name = String.valueOf(model.getFileName());
    return model.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + ".json");
  }

  /**
   * Reads a file.
   *
   * @param size that the model takes, in pixels; 0 for any
   * @throws EncoderException if it cannot be read or is no such description
   */
  static HeadDescription read(Path file, int size) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new EncoderException(
          "%s is not valid JSON (%s).".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e)), e);
    }
    Head head =
        switch (json.path("head").asText()) {
          case "yolox" -> Head.YOLOX;
          case "nanodet" -> Head.NANODET;
          default ->
              throw new EncoderException(
                  "%s: expected a head of yolox or nanodet, found %s."
                      .formatted(file, json.path("head")));
        };
    List<Integer> strides = new ArrayList<>();
    for (JsonNode stride : json.path("strides")) {
      if (!stride.isInt() || stride.asInt() < 1 || stride.asInt() > 4096) {
        throw new EncoderException(
            "%s: expected strides of 1 to 4096 pixels, found %s.".formatted(file, stride));
      }
      strides.add(stride.asInt());
    }
    if (strides.isEmpty()) {
      throw new EncoderException(
          "%s: expected strides, a list such as [8, 16, 32], found none.".formatted(file));
    }
    Preprocessing preprocessing = Preprocessing.read(file, size);
    if (size > 0 && preprocessing.size() != size) {
      throw new EncoderException(
          "%s: its size is %d, but the model takes pictures of %d."
              .formatted(file, preprocessing.size(), size));
    }
    return new HeadDescription(
        head,
        List.copyOf(strides),
        share(json, "offset", 0, file),
        json.path("letterbox").asBoolean(false),
        share(json, "overlap", 0.5, file),
        preprocessing);
  }

  private static double share(JsonNode json, String field, double usual, Path file) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return usual;
    }
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
      throw new EncoderException(
          "%s: expected %s to be a number from 0 to 1, found %s.".formatted(file, field, value));
    }
    return value.asDouble();
  }

  /** Positions of all grids. */
  int positions() {
    return strides.stream().mapToInt(stride -> side(stride) * side(stride)).sum();
  }

  /** Positions along a side of a grid. */
  int side(int stride) {
    return (preprocessing.size() + stride - 1) / stride;
  }
}
