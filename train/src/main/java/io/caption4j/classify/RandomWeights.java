package io.caption4j.classify;

import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.Safetensors;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Random weights for EfficientNet-Lite0, to show what the pretrained ones are worth. Normal with
 * mean 0 and, as He et al. (2015) have it, variance 2 / fan-in below a rectifier; 1 / fan-in for
 * the projections, which have none. With batch normalisation folded into the weights, nothing would
 * hold the sums of the nine residual blocks together, so their projections get a ninth of it (Zhang
 * et al. 2019, arXiv:1901.09321, have the idea). Biases are 0.
 */
final class RandomWeights {
  private static final double RESIDUAL_BLOCKS = 9;
  private static final String PROJECTION = "_project_conv.weight";

  private RandomWeights() {}

  /** A complete set, a function of the seed. */
  static Safetensors of(long seed) {
    Safetensors pretrained = Encoders.efficientNetLite0Weights();
    Random random = new Random(seed);
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (String name : pretrained.names().stream().sorted().toList()) {
      long[] shape = pretrained.shape(name); // (out, in/groups, kH, kW), or (out) of a bias
      float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      if (shape.length > 1) {
        double deviation = Math.sqrt(gain(name) * shape[0] / values.length); // fan-in: all but out
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (deviation * random.nextGaussian());
        }
      }
      tensors.put(name, new Safetensors.Tensor(shape, FloatBuffer.wrap(values)));
    }
    return Safetensors.of("random weights of seed " + seed, tensors, Map.of());
  }

  private static double gain(String name) {
    if (!name.endsWith(PROJECTION)) {
      return 2;
    }
    boolean firstOfStage = name.matches("block\\da_.*"); // changes channels, so has no sum
    return firstOfStage ? 1 : 1 / RESIDUAL_BLOCKS;
  }
}
