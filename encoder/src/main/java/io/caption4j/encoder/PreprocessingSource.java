package io.caption4j.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.FileErrors;
import io.caption4j.encoder.Preprocessing.ChannelOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Where the preprocessing of a model from elsewhere comes from: Keras's three modes by name,
 * Hugging Face's preprocessor_config.json, or a small JSON of one's own,
 *
 * <pre>{"size": 224, "order": "RGB", "mean": [127, 127, 127], "deviation": [128, 128, 128]}</pre>
 *
 * with mean and deviation of pixels from 0 to 255, in the order red, green, blue. It is never
 * guessed. Pictures are always stretched to the size: what a file says of cropping gives the size
 * only, so that the features are of the whole picture.
 */
final class PreprocessingSource {
  /** The name of Hugging Face's file. */
  static final String HUGGING_FACE = "preprocessor_config.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_DEVIATION = {0.229, 0.224, 0.225};

  /** The modes of keras.applications.imagenet_utils.preprocess_input. */
  private static final Map<String, IntFunction<Preprocessing>> MODES =
      Map.of(
          "caffe",
          size ->
              new Preprocessing(
                  size,
                  ChannelOrder.BGR,
                  new double[] {123.68, 116.779, 103.939},
                  new double[] {1, 1, 1}),
          "tf",
          size -> Preprocessing.rgb(size, 127.5, 127.5),
          "torch",
          size -> scaled(size, ChannelOrder.RGB, IMAGENET_MEAN, IMAGENET_DEVIATION, 1.0 / 255));

  private PreprocessingSource() {}

  /** One of Keras's modes: caffe, tf or torch. */
  static Preprocessing mode(String mode, int size) {
    return MODES.get(mode).apply(size);
  }

  /**
   * Finds it.
   *
   * @param given a mode, a mode and a size such as {@code tf:224}, a file, or null
   * @param beside the model's file; null not to look for Hugging Face's file beside it
   * @param size that the model takes, in pixels; 0 for any
   * @param encoder what messages call the encoder
   * @throws EncoderException if nothing was given or found, it cannot be read, or its size is not
   *     the model's
   */
  static Preprocessing find(String given, Path beside, int size, String encoder) {
    String[] parts = given == null ? new String[] {""} : given.split(":", 2);
    if (MODES.containsKey(parts[0])) {
      int named = parts.length > 1 ? number(parts[1], encoder) : size;
      if (named < 1) {
        throw new EncoderException(
            "Encoder %s takes pictures of any size; say which, for example --preprocessing %s:224."
                .formatted(encoder, parts[0]));
      }
      return fitting(mode(parts[0], named), size, encoder);
    }
    Path found = beside == null ? null : beside.resolveSibling(HUGGING_FACE);
    if (given == null && (found == null || !Files.isRegularFile(found))) {
      throw new EncoderException(
          "Encoder %s: how pixels become its input is not known; say --preprocessing caffe, tf or torch (Keras's modes), or name a %s or a JSON of size, order, mean and deviation."
              .formatted(encoder, HUGGING_FACE));
    }
    Path file = given == null ? found : Path.of(given);
    return fitting(read(file, size), size, encoder);
  }

  private static Preprocessing fitting(Preprocessing found, int size, String encoder) {
    if (size > 0 && found.size() != size) {
      throw new EncoderException(
          "Encoder %s takes pictures of %d x %d, but its preprocessing says %d."
              .formatted(encoder, size, size, found.size()));
    }
    return found;
  }

  private static int number(String text, String encoder) {
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw new EncoderException(
          "Encoder %s: expected a size of 1 to 9999 pixels after the preprocessing's name, found '%s'."
              .formatted(encoder, text));
    }
    return Integer.parseInt(text);
  }

  /** Reads a file; the model's size counts where the file has none. */
  static Preprocessing read(Path file, int size) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json == null || !json.isObject()) {
        throw new EncoderException(file + ": expected a JSON object, found something else.");
      }
      return json.has("deviation") || json.has("order")
          ? own(json, size, file)
          : huggingFace(json, size, file);
    } catch (JsonProcessingException e) {
      throw new EncoderException(
          "%s is not valid JSON (%s).".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new EncoderException(
          Files.exists(file)
              ? "%s: cannot be read (%s).".formatted(file, FileErrors.reason(e))
              : "%s: there is no such file; expected a preprocessing: caffe, tf, torch or a JSON file."
                  .formatted(file),
          e);
    } catch (IllegalArgumentException e) {
      throw new EncoderException(file + ": " + e.getMessage(), e);
    }
  }

  private static Preprocessing own(JsonNode json, int size, Path file) {
    String order = json.path("order").asText("RGB");
    if (!order.equals("RGB") && !order.equals("BGR")) {
      throw new EncoderException(
          "%s: expected the order RGB or BGR, found '%s'.".formatted(file, order));
    }
    return new Preprocessing(
        side(json.path("size"), size, file),
        ChannelOrder.valueOf(order),
        three(json, "mean", file),
        three(json, "deviation", file));
  }

  private static Preprocessing huggingFace(JsonNode json, int size, Path file) {
    JsonNode side = json.path("do_center_crop").asBoolean(false) ? json.path("crop_size") : null;
    boolean normalised =
        json.path("do_normalize").asBoolean(json.has("image_mean") && json.has("image_std"));
    double factor =
        json.path("do_rescale").asBoolean(true)
            ? json.path("rescale_factor").asDouble(1.0 / 255)
            : 1;
    return scaled(
        side(side == null || side.isMissingNode() ? json.path("size") : side, size, file),
        json.path("do_flip_channel_order").asBoolean(false) ? ChannelOrder.BGR : ChannelOrder.RGB,
        normalised ? three(json, "image_mean", file) : new double[3],
        normalised ? three(json, "image_std", file) : new double[] {1, 1, 1},
        factor);
  }

  // (pixel * factor - mean) / deviation
  private static Preprocessing scaled(
      int size, ChannelOrder order, double[] mean, double[] deviation, double factor) {
    double[] pixelMean = new double[3];
    double[] pixelDeviation = new double[3];
    for (int c = 0; c < 3; c++) {
      pixelMean[c] = mean[c] / factor;
      pixelDeviation[c] = deviation[c] / factor;
    }
    return new Preprocessing(size, order, pixelMean, pixelDeviation);
  }

  /** A number, or an object of height and width or of shortest_edge. */
  private static int side(JsonNode json, int size, Path file) {
    int height = json.isInt() ? json.asInt() : json.path("height").asInt(-1);
    int width = json.isInt() ? json.asInt() : json.path("width").asInt(-1);
    int edge = json.path("shortest_edge").asInt(-1);
    if (height > 0 && height == width) {
      return height;
    }
    if (edge > 0 && height < 0) {
      return edge;
    }
    if (json.isMissingNode() && size > 0) {
      return size;
    }
    throw new EncoderException(
        "%s: expected a size, one number for square pictures, found %s."
            .formatted(file, json.isMissingNode() ? "none" : json));
  }

  private static double[] three(JsonNode json, String field, Path file) {
    JsonNode values = json.path(field);
    double[] found = new double[3];
    for (int c = 0; c < 3; c++) {
      JsonNode value = values.isNumber() ? values : values.path(c);
      if (!value.isNumber() || values.size() > 3) {
        throw new EncoderException(
            "%s: expected %s to be three numbers (red, green, blue), found %s."
                .formatted(file, field, values.isMissingNode() ? "none" : values));
      }
      found[c] = value.asDouble();
    }
    return found;
  }
}
