package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GradientNormsTest {
  private double lower;
  private double upper;

  @Test
  void areOfWhatIsTrainedAndApartForTheEncoder() {
    var builder =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(4))
            .addLayer("lower", new DenseLayer.Builder().nOut(5).build(), "in")
            .addLayer("norm", new BatchNormalization(), "lower")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.MSE)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build(),
                "norm")
            .setOutputs("out");
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    GradientNorms norms = new GradientNorms(Set.of("lower"));
    graph.setListeners(norms, new Sums());
    graph.fit(new DataSet(Nd4j.rand(8, 4).muli(100), Nd4j.rand(8, 2)));
    assertThat(norms.encoder()).isCloseTo(Math.sqrt(lower), within(1e-6)).isPositive();
    assertThat(norms.decoder()).isCloseTo(Math.sqrt(upper), within(1e-6)).isPositive();
  }

  /** The squares of the gradients that there are, by their names. */
  private final class Sums extends BaseTrainingListener {
    @Override
    public void onGradientCalculation(Model model) {
      var gradients = model.gradient().gradientForVariable();
      assertThat(gradients).containsKeys("norm_mean", "norm_log10stdev");
      for (String name : Set.of("lower_W", "lower_b")) {
        lower += Math.pow(gradients.get(name).norm2Number().doubleValue(), 2);
      }
      for (String name : Set.of("norm_gamma", "norm_beta", "out_W", "out_b")) {
        upper += Math.pow(gradients.get(name).norm2Number().doubleValue(), 2);
      }
    }
  }
}
