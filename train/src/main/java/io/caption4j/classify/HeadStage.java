package io.caption4j.classify;

import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.Safetensors;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Everything frozen but the new layer, which therefore sees features that were worked out once. It
 * is trained on standardised features; the standardisation becomes part of its weights in the end.
 */
final class HeadStage implements Stage {
  private final String name;
  private final int epochs;
  private final double rate;
  private final ClassifyHyperparameters hyper;
  private final int classes;
  private final Standardisation standardisation;
  private final LabelledFeatures training;
  private final LabelledFeatures validation;

  /**
   * Makes one.
   *
   * @param name head or warm-up
   * @param rate of Adam, at the start
   * @param classes K
   * @param training features as they are
   */
  HeadStage(
      String name,
      int epochs,
      double rate,
      ClassifyHyperparameters hyper,
      int classes,
      LabelledFeatures training,
      LabelledFeatures validation) {
    this.name = name;
    this.epochs = epochs;
    this.rate = rate;
    this.hyper = hyper;
    this.classes = classes;
    this.standardisation = training.standardisation();
    this.training = training.standardised(standardisation);
    this.validation = validation.standardised(standardisation);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int epochs() {
    return epochs;
  }

  @Override
  public ComputationGraph graph() {
    long iterations = (long) Batches.count(training.size(), hyper.batchSize()) * epochs;
    return ClassifierGraph.head(
        training.length(),
        classes,
        new ClassifierGraph.Learning(
            new CosineSchedule(rate, iterations), null, hyper.clipNorm(), hyper.seed()));
  }

  @Override
  public int[] labels() {
    return training.labels();
  }

  @Override
  public INDArray input(int[] pictures, int draw) {
    return rows(training, IntStream.of(pictures));
  }

  @Override
  public int[] validationLabels() {
    return validation.labels();
  }

  @Override
  public INDArray validationInput(int from, int to) {
    return rows(validation, IntStream.range(from, to));
  }

  /** Features of some pictures, (N, C). */
  private static INDArray rows(LabelledFeatures features, IntStream pictures) {
    return Nd4j.createFromArray(pictures.mapToObj(features::of).toArray(float[][]::new));
  }

  @Override
  public LinearHead head(ComputationGraph graph) {
    return ClassifierGraph.head(graph).onRaw(standardisation);
  }

  @Override
  public Safetensors encoderWeights(ComputationGraph graph) {
    return null;
  }

  @Override
  public Set<String> encoderLayers() {
    return Set.of();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
