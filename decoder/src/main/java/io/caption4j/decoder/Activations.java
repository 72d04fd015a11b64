package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sigmoid and tanh in single precision, and their loops over rows. */
final class Activations {
  private Activations() {}

  static float sigmoid(float x) {
    float e = FastExp.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  static float tanh(float x) {
    float e = FastExp.exp(-2 * Math.abs(x));
    float y = (1 - e) / (1 + e);
    return x < 0 ? -y : y;
  }

  /** y = tanh(y + bias) for each row of y, (T, N, H). */
  static void addBiasAndTanh(INDArray y, float[] bias) {
    FloatBuffer buffer = NativeFloats.buffer(y);
    int h = bias.length;
    IntStream.range(0, (int) (y.length() / h))
        .parallel()
        .forEach(
            row -> {
              float[] values = new float[h];
              buffer.get(row * h, values);
              for (int j = 0; j < h; j++) {
                values[j] = tanh(values[j] + bias[j]);
              }
              buffer.put(row * h, values);
            });
  }

  /** y = gradient (1 - y^2): the gradient before a tanh takes the place of its output. */
  static void timesTanhGradient(INDArray gradient, INDArray y) {
    FloatBuffer from = NativeFloats.buffer(gradient);
    FloatBuffer to = NativeFloats.buffer(y);
    int h = (int) y.size(2);
    IntStream.range(0, (int) (y.length() / h))
        .parallel()
        .forEach(
            row -> {
              float[] values = new float[h];
              float[] gradients = new float[h];
              to.get(row * h, values);
              from.get(row * h, gradients);
              for (int j = 0; j < h; j++) {
                values[j] = gradients[j] * (1 - values[j] * values[j]);
              }
              to.put(row * h, values);
            });
  }
}
