package io.caption4j.align;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Max-margin ranking in both directions (Karpathy and Fei-Fei 2015, equation 9): of the scores (N,
 * N) of N pictures and their N sentences, each pair's own, on the diagonal, shall be larger than
 * those of the picture's other sentences and of the sentence's other pictures by a margin. The loss
 * is the mean over pairs of the sum of all shortfalls, or of the largest in each direction (Faghri
 * et al. 2018, VSE++: hardest negatives).
 *
 * <p>Labels (N, N) are not read: the diagonal is what is true.
 */
public final class MaxMarginRanking implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final double margin;
  private final boolean hardest;

  /**
   * Makes one.
   *
   * @param margin above 0
   * @param hardest whether only the largest shortfall in each direction counts
   */
  public MaxMarginRanking(
      @JsonProperty("margin") double margin, @JsonProperty("hardest") boolean hardest) {
    if (!(margin > 0)) {
      throw new AlignException("The margin must be above 0, found " + margin + ".");
    }
    this.margin = margin;
    this.hardest = hardest;
  }

  /** By how much a pair's score shall be larger. */
  @JsonProperty("margin")
  public double margin() {
    return margin;
  }

  /** Whether only the largest shortfall counts. */
  @JsonProperty("hardest")
  public boolean hardest() {
    return hardest;
  }

  /** DL4J's loss layer divides the sum by N, the gradient is divided here. */
  @Override
  public double computeScore(
      INDArray labels, INDArray scores, IActivation identity, INDArray mask, boolean average) {
    double sum = pass(scores, null);
    return average ? sum / scores.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray scores, IActivation identity, INDArray mask) {
    throw new UnsupportedOperationException("A pair's loss depends on all pairs.");
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray scores, IActivation identity, INDArray mask) {
    return computeGradientAndScore(labels, scores, identity, mask, true).getSecond();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray scores, IActivation identity, INDArray mask, boolean average) {
    int n = (int) scores.size(0);
    float[] gradient = new float[n * n];
    double sum = pass(scores, gradient);
    return Pair.of(average ? sum / n : sum, Nd4j.createFromArray(gradient).reshape('c', n, n));
  }

  /** The sum of what counts; its gradient divided by N is added to {@code gradient} if given. */
  private double pass(INDArray scores, float[] gradient) {
    int n = (int) scores.size(0);
    if (scores.size(1) != n) {
      throw new IllegalArgumentException(
          "Expected as many sentences as pictures, found %d and %d.".formatted(scores.size(1), n));
    }
    float[] s = scores.dup('c').data().asFloat(); // (N, N)
    double sum = 0;
    for (int pair = 0; pair < n; pair++) {
      sum += shortfalls(s, n, pair, pair * n, 1, gradient); // its picture's other sentences
      sum += shortfalls(s, n, pair, pair, n, gradient); // its sentence's other pictures
    }
    return sum;
  }

  private double shortfalls(float[] s, int n, int pair, int first, int step, float[] gradient) {
    float own = s[pair * n + pair];
    double sum = 0;
    int worst = -1;
    for (int other = 0; other < n; other++) {
      int at = first + other * step;
      double shortfall = margin + s[at] - own;
      if (other == pair || shortfall <= 0) {
        continue;
      }
      if (!hardest) {
        sum += shortfall;
        add(gradient, at, pair * n + pair, n);
      } else if (shortfall > sum) {
        sum = shortfall;
        worst = at;
      }
    }
    if (worst >= 0) {
      add(gradient, worst, pair * n + pair, n);
    }
    return sum;
  }

  private static void add(float[] gradient, int wrong, int own, int n) {
    if (gradient != null) {
      gradient[wrong] += 1f / n;
      gradient[own] -= 1f / n;
    }
  }

  @Override
  public String name() {
    return "MaxMarginRanking";
  }

  @Override
  public String toString() {
    return "%s(margin=%s, hardest=%s)".formatted(name(), margin, hardest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaxMarginRanking that
        && that.margin == margin
        && that.hardest == hardest;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(margin) * 2 + (hardest ? 1 : 0);
  }
}
