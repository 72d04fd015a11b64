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
    INDArray rows =
        logits.ordering() == 'c' && logits.stride(1) == 1 && logits.stride(0) == v
            ? logits
            : logits.dup('c'); // (N, V)
    FloatBuffer z = NativeFloats.buffer(rows);
    FloatBuffer g = gradient == null ? null : NativeFloats.buffer(gradient);
    float[] losses = new float[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            row -> {
              float weight = kept == null || kept[row] != 0 ? share : 0;
              losses[row] = row(z, row * v, v, (int) ids[row], weight, g);
            });
    return Nd4j.createFromArray(losses).reshape(n, 1);
  }

  /** Loss of one row that begins at {@code at}; writes weight x (softmax - one-hot) where asked. */
  private static float row(FloatBuffer z, int at, int v, int id, float weight, FloatBuffer g) {
    if (weight == 0) {
      for (int j = 0; g != null && j < v; j++) {
        g.put(at + j, 0);
      }
      return 0;
    }
    float[] x = new float[v];
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < v; j++) {
      x[j] = z.get(at + j);
      max = Math.max(max, x[j]);
    }
    double sum = 0;
    float label = x[id];
    for (int j = 0; j < v; j++) {
      x[j] = (float) Math.exp(x[j] - max);
      sum += x[j];
    }
    if (g != null) {
      float scale = (float) (weight / sum);
      for (int j = 0; j < v; j++) {
        g.put(at + j, scale * x[j]);
      }
      g.put(at + id, g.get(at + id) - weight);
    }
    return (float) (Math.log(sum) - (label - max));
  }
}
