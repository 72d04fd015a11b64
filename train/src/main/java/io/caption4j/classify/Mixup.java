package io.caption4j.classify;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mixes the pictures of a minibatch two by two, and what the graph should say of them by the same
 * shares (Zhang et al. 2018). What is mixed is what the frozen part makes of them (Verma et al.
 * 2019). No picture is seen twice as the same, so none is learnt by heart.
 */
final class Mixup {
  private Mixup() {}

  /**
   * Mixes each picture with the one as far from the minibatch's other end.
   *
   * @param pictures input (N, ...) and targets (N, K)
   * @param alpha of the beta distribution of the shares, above 0: the smaller, the more a picture
   *     keeps of its own
   */
  static DataSet of(DataSet pictures, double alpha, SplittableRandom random) {
    double share = share(alpha, random);
    return new DataSet(mixed(pictures.getFeatures(), share), mixed(pictures.getLabels(), share));
  }

  private static INDArray mixed(INDArray rows, double share) {
    INDArray mixed = rows.mul(share); // as rows
    long n = rows.size(0);
    for (long i = 0; i < n; i++) {
      mixed.slice(i).addi(rows.slice(n - 1 - i).mul(1 - share));
    }
    return mixed;
  }

  /** A draw from Beta(alpha, alpha), by Jöhnk's method. */
  static double share(double alpha, SplittableRandom random) {
    while (true) {
      double x = Math.pow(random.nextDouble(), 1 / alpha);
      double y = Math.pow(random.nextDouble(), 1 / alpha);
      if (x + y > 0 && x + y <= 1) {
        return x / (x + y);
      }
    }
  }
}
