package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.OneHot;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@link SparseCrossEntropy} by ND4J's operations, for backends whose arrays do not lie in memory
 * that Java can loop over, such as a GPU's.
 *
 * @param losses weighted loss of each row, 0 for those that do not count, (N, 1)
 * @param gradient of their sum times a share, by the logits, (N, V)
 */
record CrossEntropyByOps(INDArray losses, INDArray gradient) {
  // Far below any logit, yet its distance to the others is a number.
  private static final double LEFT_OUT = -1e9;

  /**
   * Computes them.
   *
   * @param labels ids (N, 1), or ids and weights (N, 2)
   * @param logits (N, V); not changed
   * @param kept 1 for rows that count, 0 for others, (N, 1); or null
   * @param share that the gradient is multiplied with
   * @param smoothing share of the target that is spread evenly
   * @param wordsOnly whether PAD, START and UNK are left out of the softmax
   */
  static CrossEntropyByOps of(
      INDArray labels,
      INDArray logits,
      INDArray kept,
      double share,
      double smoothing,
      boolean wordsOnly) {
    int n = (int) logits.size(0);
    int v = (int) logits.size(1);
    INDArray z = logits.dup('c'); // (N, V)
    if (wordsOnly) {
      for (int id : new int[] {Vocabulary.PAD, Vocabulary.START, Vocabulary.UNK}) {
        z.getColumn(id).assign(LEFT_OUT);
      }
    }
    INDArray ids = labels.getColumn(0).dup().reshape(n).castTo(DataType.INT32); // (N)
    INDArray target = Nd4j.create(DataType.FLOAT, new long[] {n, v}, 'c'); // (N, V)
    Nd4j.exec(new OneHot(ids, target, v, -1, 1, 0));
    INDArray weights = Nd4j.ones(DataType.FLOAT, n, 1); // (N, 1)
    if (labels.size(1) > 1) {
      weights.muli(labels.getColumn(1).reshape(n, 1));
    }
    if (kept != null) {
      weights.muli(kept.reshape(n, 1));
    }
    INDArray label = z.mul(target).sum(true, 1); // (N, 1)
    INDArray mean = z.mean(true, 1); // (N, 1)
    INDArray max = z.max(true, 1); // (N, 1)
    INDArray softmax = Transforms.exp(z.subiColumnVector(max), false); // (N, V), in z's place
    INDArray sum = softmax.sum(true, 1); // (N, 1)
    INDArray losses =
        Transforms.log(sum)
            .addi(max)
            .subi(label.muli(1 - smoothing))
            .subi(mean.muli(smoothing))
            .muli(weights); // (N, 1)
    INDArray gradient =
        softmax
            .diviColumnVector(sum)
            .subi(target.muli(1 - smoothing))
            .subi(smoothing / v)
            .muliColumnVector(weights.muli(share)); // (N, V)
    return new CrossEntropyByOps(losses, gradient);
  }
}
