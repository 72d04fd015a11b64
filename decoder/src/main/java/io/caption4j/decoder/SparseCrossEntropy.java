package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Softmax cross entropy against word ids in one pass over the logits: DL4J's {@code
 * LossSparseMCXENT} computes the same through a one-hot matrix and some twenty passes.
 *
 * <p>Labels are ids (N, 1); logits are (N, V); the mask, (N, 1) of zeros and ones or absent, says
 * which rows count. Score and gradient are of the mean over these rows, so a graph with this loss
 * is to be built with {@code miniBatch(false)}, or DL4J divides once more. The mask cannot carry
 * other weights, since DL4J multiplies the logits with it too: weights come as a second channel of
 * the labels, (N, 2), ids first.
 */
public final class SparseCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

  // Far below any logit, yet its distance to the others is a number.
  private static final float LEFT_OUT = -1e9f;

  private final double smoothing;
  private final boolean wordsOnly;

  /** The plain one. */
  public SparseCrossEntropy() {
    this(0, false);
  }

  /**
   * With label smoothing (Szegedy et al. 2016), or over the ids alone that a search may produce.
   *
   * @param smoothing share of the target that is spread evenly over all V ids, 0 to below 1
   * @param wordsOnly leave PAD, START and UNK out of the softmax, as sampling does; not with
   *     smoothing
   */
  public SparseCrossEntropy(
      @JsonProperty("smoothing") double smoothing, @JsonProperty("wordsOnly") boolean wordsOnly) {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing must be 0 to below 1, found " + smoothing);
    }
    if (smoothing > 0 && wordsOnly) {
      throw new IllegalArgumentException("Smoothing is not defined over a part of the ids.");
    }
    this.smoothing = smoothing;
    this.wordsOnly = wordsOnly;
  }

  /** Share of the target that is spread evenly. */
  @JsonProperty("smoothing")
  public double smoothing() {
    return smoothing;
  }

  /** Whether PAD, START and UNK are left out of the softmax. */
  @JsonProperty("wordsOnly")
  public boolean wordsOnly() {
    return wordsOnly;
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask, boolean average) {
    return mean(pass(labels, logits, softmax, mask, null), mask);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask) {
    return pass(labels, logits, softmax, mask, null);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask) {
    INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, logits.shape(), 'c'); // (N, V)
    pass(labels, logits, softmax, mask, gradient);
    return gradient;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask, boolean average) {
    INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, logits.shape(), 'c'); // (N, V)
    return Pair.of(mean(pass(labels, logits, softmax, mask, gradient), mask), gradient);
  }

  @Override
  public String name() {
    return "SparseCrossEntropy";
  }

  @Override
  public String toString() {
    return "%s(smoothing=%s, wordsOnly=%s)".formatted(name(), smoothing, wordsOnly);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseCrossEntropy that
        && that.smoothing == smoothing
        && that.wordsOnly == wordsOnly;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(smoothing) * 2 + (wordsOnly ? 1 : 0);
  }

  private static double mean(INDArray losses, INDArray mask) {
    double rows = mask == null ? losses.length() : mask.sumNumber().doubleValue();
    return losses.sumNumber().doubleValue() / rows;
  }

  /** Losses of the rows, (N, 1); also their gradient by the logits, (N, V), where one is given. */
  private INDArray pass(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, INDArray gradient) {
    if (!(activation instanceof ActivationSoftmax)) {
      throw new IllegalArgumentException("Expected softmax, found " + activation + ".");
    }
    int n = (int) logits.size(0);
    int v = (int) logits.size(1);
    int channels = (int) labels.size(1);
    double each = 1 / (mask == null ? n : mask.sumNumber().doubleValue());
    if (!FastLayers.serve()) {
      CrossEntropyByOps ops =
          CrossEntropyByOps.of(labels, logits, mask, each, smoothing, wordsOnly);
      if (gradient != null) {
        gradient.assign(ops.gradient());
      }
      return ops.losses();
    }
    float[] targets = labels.dup('c').data().asFloat(); // (N, 1 or 2)
    float[] kept = mask == null ? null : mask.dup('c').data().asFloat(); // (N)
    float share = (float) each;
    INDArray target = gradient == null ? logits.dup('c') : gradient.assign(logits); // (N, V)
    FloatBuffer rows = NativeFloats.buffer(target);
    float[] noBias = new float[v];
    float[] losses = new float[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            row -> {
              if (kept == null || kept[row] != 0) {
                float weight = channels > 1 ? targets[row * channels + 1] : 1;
                int id = (int) targets[row * channels];
                losses[row] = (float) row(rows, row * v, noBias, id, weight, share);
              } else {
                rows.put(row * v, noBias);
              }
            });
    return Nd4j.createFromArray(losses).reshape(n, 1);
  }

  /**
   * Weighted loss of the row of logits that begins at {@code at}, a bias yet to be added. Leaves
   * {@code weight} x {@code share} x (softmax - target) in their place, unless the share is 0.
   */
  double row(FloatBuffer logits, int at, float[] bias, int id, float weight, float share) {
    int v = bias.length;
    float[] x = new float[v];
    logits.get(at, x);
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < v; j++) {
      x[j] += bias[j];
    }
    if (wordsOnly) {
      x[Vocabulary.PAD] = x[Vocabulary.START] = x[Vocabulary.UNK] = LEFT_OUT;
    }
    double all = 0;
    for (int j = 0; j < v; j++) {
      max = Math.max(max, x[j]);
    }
    if (smoothing > 0) {
      for (int j = 0; j < v; j++) {
        all += x[j];
      }
    }
    float label = x[id];
    double sum = 0;
    for (int j = 0; j < v; j++) {
      x[j] = FastExp.exp(x[j] - max);
      sum += x[j];
    }
    if (share != 0) {
      float scale = (float) (weight * share / sum);
      float even = (float) (weight * share * smoothing / v);
      for (int j = 0; j < v; j++) {
        x[j] = x[j] * scale - even;
      }
      x[id] -= (float) (weight * share * (1 - smoothing));
      logits.put(at, x);
    }
    double logSum = max + Math.log(sum);
    return weight * (logSum - (1 - smoothing) * label - smoothing * all / v);
  }
}
