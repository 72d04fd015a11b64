package io.caption4j.classify;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Locale;

/**
 * The classical model on features: L2-regularised logistic regression, one class against the rest,
 * fitted by LIBLINEAR's trust-region Newton method (Fan et al. 2008), which has no randomness and
 * no epochs. Features are brought to length 1 first, as is usual for those of CNNs (Razavian et al.
 * 2014, arXiv:1403.6382), so that one cost suits features of any scale.
 */
final class LogisticRegression {
  private static final double TOLERANCE = 0.01; // LIBLINEAR's default
  private static final int MOST_ITERATIONS = 1000;
  private static final long NODE_BYTES = 28; // a FeatureNode, 24, and the reference to it
  private static final double MOST_OF_HEAP = 0.9;

  private LogisticRegression() {}

  /**
   * Fits it.
   *
   * @param training pictures; every class from 0 to K - 1 has some
   * @param classes K
   * @param cost C of LIBLINEAR and scikit-learn: the larger, the weaker the regularisation; above 0
   */
  static LinearHead fit(LabelledFeatures training, int classes, double cost) {
    int channels = training.length();
    requireRoom(training.size(), channels + 1, Runtime.getRuntime().maxMemory());
    Problem problem = new Problem();
    problem.l = training.size();
    problem.n = channels + 1; // with the bias
    problem.bias = 1;
    problem.x = new Feature[problem.l][];
    problem.y = new double[problem.l];
    for (int i = 0; i < problem.l; i++) {
      float[] row = training.of(i);
      problem.x[i] = new Feature[channels + 1];
      double norm = LinearHead.norm(row);
      for (int c = 0; c < channels; c++) {
        problem.x[i][c] = new FeatureNode(c + 1, row[c] / norm);
      }
      problem.x[i][channels] = new FeatureNode(channels + 1, problem.bias);
      problem.y[i] = training.labels()[i];
    }
    Linear.disableDebugOutput();
    Model model =
        Linear.train(problem, new Parameter(SolverType.L2R_LR, cost, MOST_ITERATIONS, TOLERANCE));
    return head(model, classes, channels);
  }

  /**
   * Checks that LIBLINEAR, which wants all features at once, can have them.
   *
   * @param heap bytes that Java may use
   * @throws ClassifyException if not; the message names what needs less
   */
  static void requireRoom(long pictures, int features, long heap) {
    long bytes = pictures * features * NODE_BYTES;
    if (bytes > heap * MOST_OF_HEAP) {
      throw new ClassifyException(
          String.format(
              Locale.ROOT,
              "Logistic regression needs all features in memory: %,d MiB for %,d pictures, and Java may use %,d MiB. Use --method head, which reads them from the disk, or give Java more: CAPTION4J_OPTS=-Xmx%dg.",
              bytes >> 20,
              pictures,
              heap >> 20,
              (long) (bytes / MOST_OF_HEAP / (1 << 30)) + 1));
    }
  }

  private static LinearHead head(Model model, int classes, int channels) {
    int[] labels = model.getLabels(); // in the order of their first appearance
    double[] found = model.getFeatureWeights(); // (C + 1, K), or (C + 1, 1) for two classes
    int columns = classes == 2 ? 1 : classes;
    float[][] weights = new float[classes][channels];
    float[] bias = new float[classes];
    for (int l = 0; l < labels.length; l++) {
      int k = labels[l];
      int column = Math.min(l, columns - 1);
      int sign = classes == 2 && l == 1 ? -1 : 1; // the second of two classes is not the first
      for (int c = 0; c < channels; c++) {
        weights[k][c] = (float) (sign * found[c * columns + column]);
      }
      bias[k] = (float) (sign * found[channels * columns + column]);
    }
    return new LinearHead(true, weights, bias, LinearHead.Link.ONE_VERSUS_REST);
  }
}
