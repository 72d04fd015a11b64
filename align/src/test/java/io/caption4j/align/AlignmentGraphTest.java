package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.schedule.FixedSchedule;

/** The graph's loss against one worked out by hand, its gradient against differences. */
class AlignmentGraphTest {
  private static final int C = 5;
  private static final int R = 3;
  private static final int[][] SENTENCES = {{4, 5, 6}, {7}, {5, 8, 9, 4}};

  @ParameterizedTest
  @CsvSource({"relu,true,false", "relu,false,true", "lstm,true,true", "lstm,false,false"})
  void gradientsAgreeWithDifferences(String rnn, boolean unit, boolean hardest) {
    ComputationGraph graph = graph(rnn, unit, hardest, 0);
    MultiDataSet pairs = pairs();
    graph.setInputs(pairs.getFeatures());
    graph.setLabels(pairs.getLabels());
    graph.computeGradientAndScore();
    INDArray gradient = graph.gradient().gradient().dup();
    INDArray params = graph.params();
    int checked = 0;
    Random random = new Random(5);
    for (int k = 0; k < 150; k++) {
      long i = random.nextInt((int) params.length());
      double expected = difference(graph, pairs, i, 4e-3f);
      // Where ReLU or the best region changes within a step there is no gradient to compare.
      if (Math.abs(expected - difference(graph, pairs, i, 1e-3f)) < 1e-2) {
        assertThat((double) gradient.getFloat(i))
            .as("parameter %d", i)
            .isCloseTo(expected, within(1e-2));
        checked += expected != 0 ? 1 : 0;
      }
    }
    assertThat(checked).isGreaterThan(40);
  }

  private static double difference(
      ComputationGraph graph, MultiDataSet pairs, long parameter, float step) {
    INDArray params = graph.params();
    float value = params.getFloat(parameter);
    params.putScalar(parameter, value + step);
    double up = graph.score(pairs, false);
    params.putScalar(parameter, value - step);
    double down = graph.score(pairs, false);
    params.putScalar(parameter, value);
    return (up - down) / (2 * step);
  }

  @Test
  void theLossIsThatOfTheScores() {
    ComputationGraph graph = graph("relu", true, false, 0);
    MultiDataSet pairs = pairs();
    INDArray scores = graph.output(pairs.getFeatures())[0];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      for (int l = 0; l < 3; l++) {
        if (k != l) {
          sum += Math.max(0, 1 + scores.getDouble(k, l) - scores.getDouble(k, k));
          sum += Math.max(0, 1 + scores.getDouble(l, k) - scores.getDouble(k, k));
        }
      }
    }
    assertThat(graph.score(pairs, false)).isCloseTo(sum / 3, within(1e-4));
  }

  private static ComputationGraph graph(String rnn, boolean unit, boolean hardest, double dropout) {
    return AlignmentGraph.build(
        new AlignmentSettings(rnn, C, 10, 4, 6, 7, unit, dropout),
        R,
        new AlignmentGraph.Learning(
            new FixedSchedule(1e-3), 1e9, new MaxMarginRanking(1, hardest), 3));
  }

  private static MultiDataSet pairs() {
    int n = SENTENCES.length;
    float[] regions = new float[n * R * C];
    Random random = new Random(2);
    for (int i = 0; i < regions.length; i++) {
      regions[i] = (float) random.nextGaussian();
    }
    return SentencePairs.of(regions, R, SENTENCES);
  }
}
