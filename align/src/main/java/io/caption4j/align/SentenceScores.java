package io.caption4j.align;

import io.caption4j.decoder.RowsVertex;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * How well each sentence fits each picture (Karpathy and Fei-Fei 2015, equation 8): the sum over
 * its words of their best region's product, S_kl = sum_t max_i v_i . s_t.
 *
 * <p>Inputs: regions (P R, h), picture by picture; words (M, h), sentence by sentence; the
 * sentences' lengths (N, 1). Output: scores (P, N). The gradient of a word goes to its best region
 * of each picture alone.
 */
public final class SentenceScores extends RowsVertex {
  private static final long serialVersionUID = 1L;
  private static final int INPUTS = 3;

  private final int regions;

  /**
   * Makes one.
   *
   * @param regions of each picture, R
   */
  public SentenceScores(@JsonProperty("regions") int regions) {
    super(INPUTS);
    this.regions = regions;
  }

  /** Regions of each picture, R. */
  @JsonProperty("regions")
  public int regions() {
    return regions;
  }

  @Override
  protected long columns(InputType... from) {
    return 1; // as many as sentences, which no layer after it depends on
  }

  @Override
  public GraphVertex clone() {
    return new SentenceScores(regions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SentenceScores that && that.regions == regions;
  }

  @Override
  public int hashCode() {
    return regions;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray params,
      boolean initialise,
      DataType type) {
    return new Running(regions, graph, name, index, type);
  }

  @SuppressWarnings("overrides") // DL4J overrides its own varargs with an array
  private static final class Running extends RowsVertex.Running {
    private final int r;
    private transient int[] best; // (M, P): the region of each picture that each word likes best

    Running(int regions, ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type);
      this.r = regions;
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      int p = (int) inputs[0].size(0) / r;
      int[] lengths = Lengths.of(inputs[2]);
      int n = lengths.length;
      int[] sentences = Lengths.sentences(lengths);
      float[] products = values(inputs[1].mmul(inputs[0].transpose())); // (M, P R)
      best = new int[sentences.length * p];
      float[] most = new float[best.length]; // (M, P)
      IntStream.range(0, sentences.length).parallel().forEach(m -> choose(products, m, p, most));
      float[] scores = new float[p * n];
      for (int m = 0; m < sentences.length; m++) {
        for (int k = 0; k < p; k++) {
          scores[k * n + sentences[m]] += most[m * p + k];
        }
      }
      return activations(workspaces, scores, p, n);
    }

    private void choose(float[] products, int m, int p, float[] most) {
      for (int k = 0; k < p; k++) {
        int from = (m * p + k) * r;
        int chosen = 0;
        for (int i = 1; i < r; i++) {
          if (products[from + i] > products[from + chosen]) {
            chosen = i;
          }
        }
        best[m * p + k] = chosen;
        most[m * p + k] = products[from + chosen];
      }
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
      int h = (int) inputs[0].size(1);
      int p = (int) inputs[0].size(0) / r;
      int[] lengths = Lengths.of(inputs[2]);
      int n = lengths.length;
      int[] sentences = Lengths.sentences(lengths);
      float[] regions = values(0); // (P R, h)
      float[] words = values(1); // (M, h)
      float[] dScores = values(epsilon); // (P, N), most of it zeros
      float[] dRegions = new float[regions.length];
      float[] dWords = new float[words.length];
      IntStream.range(0, sentences.length)
          .parallel()
          .forEach(
              m -> {
                for (int k = 0; k < p; k++) {
                  float by = dScores[k * n + sentences[m]];
                  add(by, regions, (k * r + best[m * p + k]) * h, dWords, m * h, h);
                }
              });
      IntStream.range(0, p)
          .parallel()
          .forEach(
              k -> {
                for (int m = 0; m < sentences.length; m++) {
                  float by = dScores[k * n + sentences[m]];
                  add(by, words, m * h, dRegions, (k * r + best[m * p + k]) * h, h);
                }
              });
      return Pair.of(
          null,
          new INDArray[] {
            gradients(workspaces, dRegions, inputs[0].shape()),
            gradients(workspaces, dWords, inputs[1].shape()),
            noGradient(workspaces, 2)
          });
    }

    private static void add(float by, float[] from, int at, float[] to, int into, int length) {
      if (by != 0) {
        for (int j = 0; j < length; j++) {
          to[into + j] += by * from[at + j];
        }
      }
    }
  }
}
