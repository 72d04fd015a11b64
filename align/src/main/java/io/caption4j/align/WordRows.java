package io.caption4j.align;

import io.caption4j.decoder.RowsVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states of both directions of an RNN, word by word: inputs are those that read forwards (N, H,
 * T), those that read backwards (N, H, T), whose first step is a sentence's last word, and the
 * sentences' lengths (N, 1). The output (M, 2H) has a row for each of the M words, sentence by
 * sentence: the forward state, then the backward one. What comes after a sentence's end is left
 * aside, so no mask is needed.
 */
public final class WordRows extends RowsVertex {
  private static final long serialVersionUID = 1L;
  private static final int INPUTS = 3;

  /** Makes one. */
  public WordRows() {
    super(INPUTS);
  }

  @Override
  protected long columns(InputType... from) {
    return 2 * ((InputType.InputTypeRecurrent) from[0]).getSize();
  }

  @Override
  public GraphVertex clone() {
    return new WordRows();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WordRows;
  }

  @Override
  public int hashCode() {
    return WordRows.class.hashCode();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray params,
      boolean initialise,
      DataType type) {
    return new Running(graph, name, index, type);
  }

  @SuppressWarnings("overrides") // DL4J overrides its own varargs with an array
  private static final class Running extends RowsVertex.Running {
    Running(ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      int h = (int) inputs[0].size(1);
      int steps = (int) inputs[0].size(2);
      float[] forward = values(0); // (N, H, T)
      float[] backward = values(1); // (N, H, T)
      int[] lengths = Lengths.of(inputs[2]);
      int m = Lengths.sum(lengths);
      float[] rows = new float[m * 2 * h]; // (M, 2H)
      for (int n = 0, row = 0; n < lengths.length; n++) {
        for (int t = 0; t < lengths[n]; t++, row++) {
          int at = row * 2 * h;
          for (int j = 0; j < h; j++) {
            int from = (n * h + j) * steps;
            rows[at + j] = forward[from + t];
            rows[at + h + j] = backward[from + lengths[n] - 1 - t];
          }
        }
      }
      return activations(workspaces, rows, m, 2L * h);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
      int h = (int) inputs[0].size(1);
      int steps = (int) inputs[0].size(2);
      float[] rows = values(epsilon); // (M, 2H)
      int[] lengths = Lengths.of(inputs[2]);
      float[] forward = new float[lengths.length * h * steps]; // (N, H, T)
      float[] backward = new float[forward.length]; // (N, H, T)
      for (int n = 0, row = 0; n < lengths.length; n++) {
        for (int t = 0; t < lengths[n]; t++, row++) {
          int at = row * 2 * h;
          for (int j = 0; j < h; j++) {
            int to = (n * h + j) * steps;
            forward[to + t] = rows[at + j];
            backward[to + lengths[n] - 1 - t] = rows[at + h + j];
          }
        }
      }
      long[] shape = inputs[0].shape();
      return Pair.of(
          null,
          new INDArray[] {
            gradients(workspaces, forward, shape),
            gradients(workspaces, backward, shape),
            noGradient(workspaces, 2)
          });
    }
  }
}
