package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Softmax cross entropy against word ids in one pass over the logits: DL4J's {@code
 * LossSparseMCXENT} computes the same through a one-hot matrix and some twenty passes.
 *
 * <p>Labels are ids (N, 1); logits are (N, V); the mask, (N, 1) of zeros and ones or absent, says
 * which rows count. Score and gradient are of the mean over these rows, so a graph with this loss
 * is to be built with {@code miniBatch(false)}, or DL4J divides once more. The mask cannot carry
 * other weights, since DL4J multiplies the logits with it too.
 */
public final class SparseCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

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
    return name() + "()";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseCrossEntropy;
  }

  @Override
  public int hashCode() {
    return 1;
  }

  private static double mean(INDArray losses, INDArray mask) {
    double rows = mask == null ? losses.length() : mask.sumNumber().doubleValue();
    return losses.sumNumber().doubleValue() / rows;
  }

  /** Losses of the rows, (N, 1); also their gradient by the logits, (N, V), where one is given. */
  private static INDArray pass(
      INDArray labels, INDArray logits, IActivation activation, INDArray mask, INDArray gradient) {
    if (!(activation instanceof ActivationSoftmax)) {
      throw new IllegalArgumentException("Expected softmax, found " + activation + ".");
    }
    int n = (int) logits.size(0);
    int v = (int) logits.size(1);
    float[] ids = labels.dup('c').data().asFloat(); // (N)
    float[] kept = mask == null ? null : mask.dup('c').data().asFloat(); // (N)
    float share = (float) (1 / (mask == null ? n : mask.sumNumber().doubleValue()));
    INDArray target = gradient == null ? logits.dup('c') : gradient.assign(logits); // (N, V)
    FloatBuffer rows = NativeFloats.buffer(target);
    float[] noBias = new float[v];
    float[] losses = new float[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            row -> {
              if (kept == null || kept[row] != 0) {
                losses[row] = (float) row(rows, row * v, noBias, (int) ids[row], share);
              } else {
                rows.put(row * v, noBias);
              }
            });
    return Nd4j.createFromArray(losses).reshape(n, 1);
  }

  /**
   * Loss of the row of logits that begins at {@code at}, a bias yet to be added. Leaves {@code
   * weight} x (softmax - one-hot) in their place, unless the weight is 0.
   */
  static double row(FloatBuffer logits, int at, float[] bias, int id, float weight) {
    int v = bias.length;
    float[] x = new float[v];
    logits.get(at, x);
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < v; j++) {
      x[j] += bias[j];
      max = Math.max(max, x[j]);
    }
    float label = x[id];
    double sum = 0;
    for (int j = 0; j < v; j++) {
      x[j] = FastExp.exp(x[j] - max);
      sum += x[j];
    }
    if (weight != 0) {
      float scale = (float) (weight / sum);
      for (int j = 0; j < v; j++) {
        x[j] *= scale;
      }
      x[id] -= weight;
      logits.put(at, x);
    }
    return Math.log(sum) - (label - max);
  }
}
