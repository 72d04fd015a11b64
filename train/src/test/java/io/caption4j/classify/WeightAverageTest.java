package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.decoder.CosineSchedule;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class WeightAverageTest {
  private final ComputationGraph graph =
      ClassifierGraph.head(
          2, 3, new ClassifierGraph.Learning(new CosineSchedule(0.1, 9), null, 5, 1));

  private void weights(double all, int iteration) {
    graph.params().assign(all);
    graph.getConfiguration().setIterationCount(iteration);
  }

  @Test
  void isTheMeanOfLastWeightsWithSharesThatFall() {
    weights(8, 0);
    WeightAverage average = WeightAverage.begin(graph, 0.5);
    weights(4, 1_000);
    average.add(graph); // (8 + 4) / 2
    weights(2, 1_001);
    average.add(graph); // (6 + 2) / 2
    assertThat(average.mean().toDoubleVector()).containsOnly(4);
  }

  @Test
  void forgetsTheBeginningFasterThanItWillForgetLater() {
    weights(1, 0);
    WeightAverage average = WeightAverage.begin(graph, 0.99);
    weights(0, 10);
    average.add(graph); // half, not a hundredth
    assertThat(average.mean().getDouble(0)).isEqualTo(0.5, within(1e-6));
  }

  @Test
  void isInTheGraphForAWhile() {
    weights(6, 0);
    WeightAverage average = WeightAverage.begin(graph, 0.5);
    weights(2, 1_000);
    average.add(graph);
    LinearHead inside = average.in(graph, () -> ClassifierGraph.head(graph));
    assertThat(inside.bias()).containsOnly(4);
    assertThat(inside.weights()[2]).containsOnly(4);
    assertThat(ClassifierGraph.head(graph).bias()).containsOnly(2);
    INDArray mean = average.mean();
    assertThat(WeightAverage.resume(mean, 0.5).in(graph, () -> ClassifierGraph.head(graph)).bias())
        .containsOnly(4);
  }

  @Test
  void leavesTheWeightsAloneWhereNothingIsAveraged() {
    weights(6, 0);
    WeightAverage none = WeightAverage.begin(graph, 0);
    weights(2, 1);
    none.add(graph);
    assertThat(none.mean()).isNull();
    assertThat(none.in(graph, () -> ClassifierGraph.head(graph)).bias()).containsOnly(2);
  }
}
