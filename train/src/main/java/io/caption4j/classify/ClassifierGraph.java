package io.caption4j.classify;

import io.caption4j.encoder.Dl4jRuntime;
import io.caption4j.encoder.EncoderTail;
import io.caption4j.encoder.Safetensors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The graphs that classifiers are trained in: the new layer alone, or below it the encoder's end.
 */
final class ClassifierGraph {
  /** Name of the new layer, C to K. */
  static final String HEAD = "head";

  /** Deviation of its first weights: small, so that at first every class is as probable. */
  private static final double DEVIATION = 0.01;

  private static final String INPUT = "input";
  private static final String POOLED = "pooled";

  static {
    Dl4jRuntime.prepare();
  }

  private ClassifierGraph() {}

  /**
   * How a graph learns.
   *
   * @param headRate of Adam for the new layer, by minibatch
   * @param encoderRate of Adam for the encoder's layers; null where there are none
   * @param clipNorm largest L2 norm of a layer's gradient
   * @param seed of the new layer's first weights
   */
  record Learning(ISchedule headRate, ISchedule encoderRate, double clipNorm, long seed) {}

  /** Features (N, C) to probabilities (N, K). */
  static ComputationGraph head(int features, int classes, Learning learning) {
    return finish(begin(learning), INPUT, features, classes);
  }

  /**
   * Activations at the cut, (N, C', R', R'), to probabilities (N, K).
   *
   * @param features C, what the tail gives
   * @param weights of the tail to begin with
   */
  static ComputationGraph tuned(
      EncoderTail tail, Safetensors weights, int features, int classes, Learning learning) {
    GraphBuilder graph = begin(learning);
    String grid =
        tail.addTo(
            graph,
            INPUT,
            new Adam(learning.encoderRate()),
            GradientNormalization.ClipL2PerLayer,
            learning.clipNorm()); // (N, C, R, R)
    graph.addLayer(
        POOLED,
        new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(2, 3).build(),
        grid); // (N, C)
    ComputationGraph network = finish(graph, POOLED, features, classes);
    tail.load(network, weights);
    return network;
  }

  /** What the new layer has come to. */
  static LinearHead head(ComputationGraph graph) {
    INDArray weight = graph.getLayer(HEAD).getParam("W"); // (C, K)
    float[][] weights = weight.transpose().dup('c').toFloatMatrix();
    float[] bias = graph.getLayer(HEAD).getParam("b").dup('c').data().asFloat();
    return new LinearHead(false, weights, bias, LinearHead.Link.SOFTMAX);
  }

  /** Sets the new layer. */
  static void setHead(ComputationGraph graph, LinearHead head) {
    INDArray weight = graph.getLayer(HEAD).getParam("W"); // (C, K)
    weight.assign(Nd4j.createFromArray(head.weights()).transpose());
    INDArray bias = graph.getLayer(HEAD).getParam("b"); // (1, K)
    bias.assign(Nd4j.createFromArray(head.bias()).reshape(bias.shape()));
  }

  private static GraphBuilder begin(Learning learning) {
    return new NeuralNetConfiguration.Builder()
        .seed(learning.seed())
        .updater(new Adam(learning.headRate()))
        .gradientNormalization(GradientNormalization.ClipL2PerLayer)
        .gradientNormalizationThreshold(learning.clipNorm())
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .graphBuilder()
        .addInputs(INPUT);
  }

  private static ComputationGraph finish(
      GraphBuilder graph, String input, int features, int classes) {
    graph.addLayer(
        HEAD,
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(features)
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .weightInit(new NormalDistribution(0, DEVIATION))
            .build(),
        input);
    graph.setOutputs(HEAD);
    ComputationGraph network = new ComputationGraph(graph.build());
    network.init();
    return network;
  }
}
