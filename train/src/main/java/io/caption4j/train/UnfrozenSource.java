package io.caption4j.train;

import io.caption4j.data.Augmentation;
import io.caption4j.data.Progress;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderTail;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Safetensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Pictures for an encoder whose last blocks are trained: what its frozen part makes of them is
 * computed once for each augmentation, the rest in the graph that is trained.
 */
final class UnfrozenSource implements PictureSource {
  private static final String INPUT = "cut";
  private static final int VALIDATED_TOGETHER = 25;

  private final EncoderCut cut;
  private final ImageEncoder lower;
  private final AugmentedFeatures features;
  private final EncoderTail tail;
  private final ComputationGraph tailAlone;

  private UnfrozenSource(EncoderCut cut, ImageEncoder lower, AugmentedFeatures features) {
    this.cut = cut;
    this.lower = lower;
    this.features = features;
    tail = new EncoderTail(cut);
    var graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs(INPUT);
    graph.setOutputs(tail.addTo(graph, INPUT, new NoOp(), GradientNormalization.None, 0));
    tailAlone = new ComputationGraph(graph.build());
    tailAlone.init();
  }

  /**
   * Encodes what is not in the caches yet.
   *
   * @param weights of the encoder
   * @param training pictures, which are augmented
   * @param others pictures, which are not
   */
  static UnfrozenSource open(
      Path folder,
      EncoderCut cut,
      Safetensors weights,
      EncoderEngine engine,
      List<Path> training,
      List<Path> others,
      long seed,
      Progress progress) {
    ImageEncoder lower = Encoders.below(cut, weights, engine);
    try {
      AugmentedFeatures features =
          AugmentedFeatures.open(
              folder,
              lower,
              FeatureCache.Kind.GRID,
              Augmentation.UPRIGHT,
              training,
              others,
              seed,
              progress);
      return new UnfrozenSource(cut, lower, features);
    } catch (RuntimeException e) {
      lower.close();
      throw e;
    }
  }

  /** The part of the encoder that is trained. */
  EncoderTail tail() {
    return tail;
  }

  @Override
  public Map<Path, Integer> rows() {
    return features.rows();
  }

  @Override
  public Map<Path, String> skipped() {
    return features.skipped();
  }

  @Override
  public FeatureStatistics statistics(int[] rows) {
    throw new IllegalStateException("The statistics are those of the model to go on from.");
  }

  @Override
  public DecoderInputs inputs(Standardisation pooled, Standardisation grid) {
    return this::minibatch;
  }

  private MultiDataSet minibatch(int[] rows, int[][] targets, float[] weights, int draw) {
    DecoderInputs.Pictures pictures = DecoderInputs.Pictures.of(rows);
    int[] distinct = pictures.rows();
    int length = features.rowLength();
    float[] activations = new float[distinct.length * length]; // (P, C', R', R')
    IntStream.range(0, distinct.length)
        .parallel()
        .forEach(p -> features.read(distinct[p], draw, activations, p * length));
    DecoderInputs.Text text = DecoderInputs.Text.of(targets, weights, 0);
    return text.with(text.words(), atCut(activations, distinct.length), pictures.array());
  }

  private INDArray atCut(float[] activations, int pictures) {
    return Nd4j.createFromArray(activations)
        .reshape('c', pictures, cut.channels(), cut.gridSize(), cut.gridSize());
  }

  @Override
  public float[] raw(int[] rows, ComputationGraph graph) {
    tail.load(tailAlone, tail.export(graph));
    int length = features.rowLength();
    float[] grids = null;
    for (int from = 0; from < rows.length; from += VALIDATED_TOGETHER) {
      int count = Math.min(VALIDATED_TOGETHER, rows.length - from);
      float[] activations = new float[count * length];
      for (int i = 0; i < count; i++) {
        features.read(rows[from + i], Phase.AS_THEY_ARE, activations, i * length);
      }
      float[] part =
          tailAlone.output(atCut(activations, count))[0].dup('c').data().asFloat(); // (n, C, R, R)
      int each = part.length / count;
      if (grids == null) {
        grids = new float[rows.length * each];
      }
      System.arraycopy(part, 0, grids, from * each, part.length);
    }
    return grids == null ? new float[0] : grids;
  }

  @Override
  public void close() {
    features.close();
    lower.close();
  }
}
