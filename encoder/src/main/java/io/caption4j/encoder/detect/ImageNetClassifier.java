package io.caption4j.encoder.detect;

import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.Safetensors;
import java.util.stream.IntStream;

/**
 * The classifier that EfficientNet-Lite0 was trained with: ImageNet's 1,000 classes from the
 * pretrained encoder's pooled features. Immutable.
 */
public final class ImageNetClassifier {
  /** Classes of ImageNet. */
  public static final int CLASSES = 1000;

  /** Channels of the features, as {@value Encoders#EFFICIENTNET_LITE0} gives them. */
  public static final int CHANNELS = 1280;

  private final float[] weights = new float[CLASSES * CHANNELS]; // (classes, channels)
  private final float[] biases = new float[CLASSES];

  /** Reads the bundled weights. */
  public ImageNetClassifier() {
    Safetensors file =
        Safetensors.readResource(
            ImageNetClassifier.class, "efficientnet-lite0-classifier.safetensors");
    file.floats("classifier.weight", CLASSES, CHANNELS).get(weights);
    file.floats("classifier.bias", CLASSES).get(biases);
  }

  /**
   * The probability of each class.
   *
   * @param pooled (1280), of the encoder {@value Encoders#EFFICIENTNET_LITE0} with its pretrained
   *     weights; those of a fine-tuned one mean something else
   * @return (1000), which sum up to 1
   */
  public float[] probabilities(float[] pooled) {
    if (pooled.length != CHANNELS) {
      throw new IllegalArgumentException(
          "Expected %d pooled features, found %d.".formatted(CHANNELS, pooled.length));
    }
    float[] values = biases.clone();
    IntStream.range(0, CLASSES).parallel().forEach(c -> values[c] += product(c, pooled));
    float largest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      values[c] = (float) Math.exp(values[c] - largest);
      sum += values[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      values[c] /= (float) sum;
    }
    return values;
  }

  private float product(int c, float[] pooled) {
    float sum = 0;
    for (int i = 0, at = c * CHANNELS; i < CHANNELS; i++, at++) {
      sum += weights[at] * pooled[i];
    }
    return sum;
  }
}
