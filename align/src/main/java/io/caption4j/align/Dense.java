package io.caption4j.align;

import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.Safetensors;
import java.nio.FloatBuffer;

/** A trained dense layer in plain floats: y = x W + b. Immutable. */
final class Dense {
  private final float[] weights; // (in, out), row by row
  private final float[] bias; // (out)

  /** A layer of a model, from {@code in} to {@code out} numbers. */
  Dense(Safetensors weights, String layer, int in, int out) {
    this.weights = matrix(weights, layer + "_W", in, out);
    bias = bias(weights, layer, out);
  }

  /** The layer's output for one row. */
  float[] apply(float[] x) {
    float[] y = bias.clone();
    addProduct(x, weights, y);
    return y;
  }

  static float[] matrix(Safetensors weights, String name, int rows, int columns) {
    return floats(weights.floats(name, rows, columns));
  }

  /** A layer's bias, which DL4J keeps as a vector or as a row. */
  static float[] bias(Safetensors weights, String layer, int length) {
    float[] bias = floats(weights.floats(layer + "_b", weights.shape(layer + "_b")));
    if (bias.length != length) {
      throw new EncoderException(
          "Expected a bias of %d numbers of the layer %s, found %d."
              .formatted(length, layer, bias.length));
    }
    return bias;
  }

  private static float[] floats(FloatBuffer values) {
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return floats;
  }

  /** sum += x' A for A of (x, sum), row by row; rows of zeros cost nothing. */
  static void addProduct(float[] x, float[] a, float[] sum) {
    int columns = sum.length;
    for (int i = 0; i < x.length; i++) {
      float by = x[i];
      int row = i * columns;
      if (by != 0) {
        for (int j = 0; j < columns; j++) {
          sum[j] += by * a[row + j];
        }
      }
    }
  }
}
