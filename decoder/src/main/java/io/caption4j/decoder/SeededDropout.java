package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Inverted dropout (Srivastava et al. 2014) whose mask is a pure function of seed, iteration and
 * position, so that a run that was stopped and resumed equals one that was not. ND4J's own draws
 * from several threads in no fixed order.
 */
public final class SeededDropout implements IDropout {
  private static final long serialVersionUID = 1L;
  private static final int CHUNK = 1 << 12;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final double keep;
  private final long seed;
  private transient INDArray mask;

  /**
   * Makes one.
   *
   * @param keep probability of keeping an activation, above 0 to 1
   * @param seed of the masks; each layer should have its own
   */
  public SeededDropout(@JsonProperty("keep") double keep, @JsonProperty("seed") long seed) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep must be above 0 to 1, found " + keep + ".");
    }
    this.keep = keep;
    this.seed = seed;
  }

  /** Probability of keeping an activation. */
  @JsonProperty("keep")
  public double keep() {
    return keep;
  }

  /** Seed of the masks. */
  @JsonProperty("seed")
  public long seed() {
    return seed;
  }

  @Override
  public INDArray applyDropout(
      INDArray input, INDArray result, int iteration, int epoch, LayerWorkspaceMgr workspaces) {
    mask =
        workspaces.createUninitialized(
            ArrayType.INPUT, result.dataType(), result.shape(), result.ordering());
    if (FastLayers.serve()) {
      draw(NativeFloats.buffer(mask), (int) mask.length(), iteration);
    } else { // the same values, made here and sent there
      float[] values = new float[(int) mask.length()];
      draw(FloatBuffer.wrap(values), values.length, iteration);
      mask.assign(Nd4j.createFromArray(values).reshape(mask.ordering(), mask.shape()));
    }
    return input.muli(mask, result);
  }

  /** The mask's values in the order in which they lie. */
  private void draw(FloatBuffer values, int length, int iteration) {
    long key = mix(seed + GOLDEN * iteration);
    long threshold = (long) (keep * (1L << 32));
    float scale = (float) (1 / keep);
    IntStream.range(0, (length + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              int end = Math.min(length, (chunk + 1) * CHUNK);
              // One 64-bit draw serves two activations.
              for (int i = chunk * CHUNK; i < end; i += 2) {
                long bits = mix(key + GOLDEN * i);
                values.put(i, (bits >>> 32) < threshold ? scale : 0);
                if (i + 1 < end) {
                  values.put(i + 1, (bits & 0xFFFFFFFFL) < threshold ? scale : 0);
                }
              }
            });
  }

  @Override
  public INDArray backprop(INDArray gradAtOutput, INDArray gradAtInput, int iteration, int epoch) {
    INDArray result = gradAtOutput.muli(mask, gradAtInput);
    mask = null;
    return result;
  }

  @Override
  public void clear() {
    mask = null;
  }

  @Override
  public IDropout clone() {
    return new SeededDropout(keep, seed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeededDropout that && that.keep == keep && that.seed == seed;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(keep) * 31 + Long.hashCode(seed);
  }

  /** The finaliser of SplitMix64 (Steele et al. 2014). */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
