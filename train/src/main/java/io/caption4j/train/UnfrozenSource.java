package io.caption4j.train;

import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.AugmentedEncoder;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderTail;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final List<FeatureCache> caches; // by augmentation, the plain pictures first
  private final List<int[]> rowIn; // the row in each cache of a row of the first
  private final FeatureCache.Filled filled;
  private final long seed;
  private final EncoderTail tail;
  private final ComputationGraph tailAlone;

  private UnfrozenSource(
      EncoderCut cut,
      ImageEncoder lower,
      List<FeatureCache> caches,
      List<int[]> rowIn,
      FeatureCache.Filled filled,
      long seed) {
    this.cut = cut;
    this.lower = lower;
    this.caches = caches;
    this.rowIn = rowIn;
    this.filled = filled;
    this.seed = seed;
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
    List<FeatureCache> caches = new ArrayList<>();
    List<int[]> rowIn = new ArrayList<>();
    FeatureCache.Filled first = null;
    try {
      for (Augmentation augmentation : Augmentation.values()) {
        ImageEncoder encoder = AugmentedEncoder.of(lower, augmentation, seed);
        FeatureCache cache = FeatureCache.open(folder, encoder, FeatureCache.Kind.GRID);
        caches.add(cache);
        List<Path> pictures = new ArrayList<>(training);
        if (augmentation == Augmentation.NONE) {
          pictures.addAll(others);
        }
        FeatureCache.Filled filled =
            cache.fill(
                pictures,
                new ImageLoader(),
                FrozenSource.ENCODER_BATCH,
                (task, done, total, detail) ->
                    progress.update(task + " " + augmentation.canonical(), done, total, detail));
        if (augmentation == Augmentation.NONE) {
          first = filled;
        }
        rowIn.add(rowsOf(first, filled, caches.get(0).rows()));
      }
      return new UnfrozenSource(cut, lower, caches, rowIn, first, seed);
    } catch (RuntimeException e) {
      caches.forEach(FeatureCache::close);
      lower.close();
      throw e;
    }
  }

  /** The row in another cache of each row of the first; -1 for pictures that are not augmented. */
  private static int[] rowsOf(FeatureCache.Filled first, FeatureCache.Filled other, int count) {
    int[] rows = new int[count];
    Arrays.fill(rows, -1);
    other
        .rows()
        .forEach(
            (picture, row) -> {
              Integer found = first.rows().get(picture);
              if (found != null) {
                rows[found] = row;
              }
            });
    return rows;
  }

  /** The part of the encoder that is trained. */
  EncoderTail tail() {
    return tail;
  }

  @Override
  public Map<Path, Integer> rows() {
    return filled.rows();
  }

  @Override
  public Map<Path, String> skipped() {
    return filled.skipped();
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
    int length = caches.get(0).rowLength();
    float[] activations = new float[distinct.length * length]; // (P, C', R', R')
    IntStream.range(0, distinct.length)
        .parallel()
        .forEach(
            p -> {
              int variant = draw < 0 ? 0 : variant(distinct[p], draw);
              int row = rowIn.get(variant)[distinct[p]];
              caches.get(variant).read(row, activations, p * length);
            });
    DecoderInputs.Text text = DecoderInputs.Text.of(targets, weights, 0);
    return text.with(text.words(), atCut(activations, distinct.length), pictures.array());
  }

  private INDArray atCut(float[] activations, int pictures) {
    return Nd4j.createFromArray(activations)
        .reshape('c', pictures, cut.channels(), cut.gridSize(), cut.gridSize());
  }

  /** One of the augmentations, a function of seed, picture and iteration. */
  private int variant(int row, int iteration) {
    long z = (seed * 31 + row) * 0x9E3779B97F4A7C15L + iteration * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (int) Math.floorMod(z ^ (z >>> 31), (long) caches.size());
  }

  @Override
  public float[] raw(int[] rows, ComputationGraph graph) {
    tail.load(tailAlone, tail.export(graph));
    int length = caches.get(0).rowLength();
    float[] features = null;
    for (int from = 0; from < rows.length; from += VALIDATED_TOGETHER) {
      int count = Math.min(VALIDATED_TOGETHER, rows.length - from);
      float[] activations = new float[count * length];
      for (int i = 0; i < count; i++) {
        caches.get(0).read(rows[from + i], activations, i * length);
      }
      float[] part =
          tailAlone.output(atCut(activations, count))[0].dup('c').data().asFloat(); // (n, C, R, R)
      int each = part.length / count;
      if (features == null) {
        features = new float[rows.length * each];
      }
      System.arraycopy(part, 0, features, from * each, part.length);
    }
    return features == null ? new float[0] : features;
  }

  @Override
  public void close() {
    caches.forEach(FeatureCache::close);
    lower.close();
  }
}
