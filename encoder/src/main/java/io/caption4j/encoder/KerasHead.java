package io.caption4j.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * MobileNet's classifier in a form that DL4J's import reads. Keras takes the mean over positions,
 * keeps these as dimensions (keepdims), classifies by a 1 x 1 convolution and reshapes to a vector;
 * the import takes such a mean for a vector and fails at the convolution. A 1 x 1 convolution and a
 * mean change places without changing the result, so the mean goes where the reshaping was.
 */
final class KerasHead {
  private static final String CLASS = "class_name";
  private static final String CONFIG = "config";
  private static final String NAME = "name";
  private static final String KEEP = "keepdims";
  private static final String MEAN = "GlobalAveragePooling2D";

  private KerasHead() {}

  /**
   * Moves such a mean. All layers keep their names, by which the import finds their weights: where
   * the mean was, what comes in goes out.
   *
   * @param model the configuration of a functional model, not changed
   * @return the model itself if it has none
   */
  static JsonNode readable(JsonNode model) {
    JsonNode changed = model.deepCopy();
    ObjectNode mean = null;
    for (JsonNode layer : changed.path(CONFIG).path("layers")) {
      if (mean == null && is(layer, MEAN) && layer.path(CONFIG).path(KEEP).asBoolean(false)) {
        mean = (ObjectNode) layer;
      } else if (mean != null && (is(layer, "Reshape") || is(layer, "Flatten"))) {
        ObjectNode config = ((ObjectNode) mean.path(CONFIG)).deepCopy().put(KEEP, false);
        config.set(NAME, layer.path(NAME));
        ((ObjectNode) layer).put(CLASS, MEAN).set(CONFIG, config);
        ObjectNode nothing = mean.put(CLASS, "Activation").putObject(CONFIG);
        nothing.put("activation", "linear").set(NAME, mean.path(NAME));
        return changed;
      }
    }
    return model;
  }

  private static boolean is(JsonNode layer, String kind) {
    return layer.path(CLASS).asText().equals(kind);
  }
}
