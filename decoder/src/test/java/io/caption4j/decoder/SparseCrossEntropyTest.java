package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.encoder.Dl4jRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

class SparseCrossEntropyTest {
  private static final IActivation SOFTMAX = new ActivationSoftmax();
  private final ILossFunction ours = new SparseCrossEntropy();
  private final ILossFunction dl4js = new LossSparseMCXENT();

  @BeforeAll
  static void prepare() {
    Dl4jRuntime.prepare();
  }

  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void scoreAndGradientEqualDl4js(char order) {
    INDArray logits = Nd4j.randn(DataType.FLOAT, 4, 9).muli(3).dup(order); // (N, V)
    INDArray ids = Nd4j.createFromArray(new float[] {0, 8, 3, 3}).reshape(4, 1);
    INDArray mask = Nd4j.createFromArray(new float[] {1, 0, 1, 1}).reshape(4, 1);
    for (INDArray kept : new INDArray[] {null, mask}) {
      int rows = kept == null ? 4 : 3;
      assertThat(ours.computeScore(ids, logits.dup(order), SOFTMAX, kept, false))
          .isCloseTo(
              dl4js.computeScore(ids, logits.dup(order), SOFTMAX, kept, false) / rows,
              within(1e-5));
      INDArray expected = dl4js.computeGradient(ids, logits.dup(order), SOFTMAX, kept).div(rows);
      INDArray found = ours.computeGradient(ids, logits.dup(order), SOFTMAX, kept);
      assertThat(found.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-6);
    }
  }

  @Test
  void nd4jsOperationsTakeIdsWithoutWeightsAndNoMask() {
    INDArray logits = Nd4j.randn(DataType.FLOAT, 4, 9); // (N, V)
    INDArray ids = Nd4j.createFromArray(new float[] {0, 8, 3, 3}).reshape(4, 1);
    CrossEntropyByOps ops = CrossEntropyByOps.of(ids, logits, null, 0.25, 0, false);
    INDArray expected = ours.computeGradient(ids, logits.dup(), SOFTMAX, null);
    assertThat(ops.gradient().sub(expected).amaxNumber().doubleValue()).isLessThan(1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.1, false", "0, true"})
  void nd4jsOperationsGiveTheSame(double smoothing, boolean wordsOnly) {
    SparseCrossEntropy loss = new SparseCrossEntropy(smoothing, wordsOnly);
    INDArray logits = Nd4j.randn(DataType.FLOAT, 5, 9).muli(3); // (N, V)
    INDArray labels =
        Nd4j.createFromArray(new float[][] {{4, 1}, {8, 2}, {5, 0.5f}, {5, -1}, {7, 1}});
    INDArray mask = Nd4j.createFromArray(new float[] {1, 0, 1, 1, 1}).reshape(5, 1);
    CrossEntropyByOps ops =
        CrossEntropyByOps.of(labels, logits, mask, 1 / 4., smoothing, wordsOnly);
    assertThat(ops.losses().sumNumber().doubleValue() / 4)
        .isCloseTo(loss.computeScore(labels, logits.dup(), SOFTMAX, mask, false), within(1e-5));
    INDArray expected = loss.computeGradient(labels, logits.dup(), SOFTMAX, mask);
    assertThat(ops.gradient().sub(expected).amaxNumber().doubleValue()).isLessThan(1e-6);
  }
}
