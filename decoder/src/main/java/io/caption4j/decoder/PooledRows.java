package io.caption4j.decoder;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The pooled features of each caption's picture from standardised regions: inputs (P R, C) of
 * {@link GridRows} and each caption's picture (N, 1), output (N, C). A mean of regions varies less
 * than a region, so it is scaled once more to deviation 1.
 */
public final class PooledRows extends RowsVertex {
  private static final long serialVersionUID = 1L;

  private final float[] scale;
  private final float[] shift;

  /**
   * Makes one: pooled = mean of regions x scale + shift.
   *
   * @param scale of each channel: the regions' deviation over the pooled features', (C)
   * @param shift of each channel: the difference of their means over the latter's deviation, (C)
   */
  public PooledRows(@JsonProperty("scale") float[] scale, @JsonProperty("shift") float[] shift) {
    super(2);
    this.scale = scale.clone();
    this.shift = shift.clone();
  }

  /** The one between two standardisations of the same encoder. */
  static PooledRows between(Standardisation grid, Standardisation pooled) {
    int channels = grid.mean().length;
    float[] scale = new float[channels];
    float[] shift = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = grid.deviation()[c] / pooled.deviation()[c];
      shift[c] = (grid.mean()[c] - pooled.mean()[c]) / pooled.deviation()[c];
    }
    return new PooledRows(scale, shift);
  }

  /** Scale of each channel. */
  @JsonProperty("scale")
  public float[] scale() {
    return scale.clone();
  }

  /** Shift of each channel. */
  @JsonProperty("shift")
  public float[] shift() {
    return shift.clone();
  }

  @Override
  public GraphVertex clone() {
    return new PooledRows(scale, shift);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PooledRows that
        && Arrays.equals(that.scale, scale)
        && Arrays.equals(that.shift, shift);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(scale) + Arrays.hashCode(shift);
  }

  @Override
  protected long columns(InputType... from) {
    return scale.length;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray params,
      boolean initialise,
      DataType type) {
    return new Running(this, graph, name, index, type);
  }

  /** In a graph. */
  @SuppressWarnings("overrides") // DL4J overrides its own varargs with an array
  private static final class Running extends RowsVertex.Running {
    private final transient INDArray scale; // (1, C)
    private final transient INDArray shift; // (1, C)

    Running(PooledRows conf, ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type);
      scale = Nd4j.createFromArray(conf.scale).reshape(1, conf.scale.length);
      shift = Nd4j.createFromArray(conf.shift).reshape(1, conf.shift.length);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      int[] pictures = inputs[1].dup('c').data().asInt(); // (N)
      long c = inputs[0].size(1);
      INDArray means = byPicture(inputs[0], pictures).mean(1); // (P, C)
      means.muliRowVector(scale).addiRowVector(shift);
      INDArray result =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {pictures.length, c}, 'c');
      for (int n = 0; n < pictures.length; n++) {
        result.putRow(n, means.getRow(pictures[n]));
      }
      return result;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
      int[] pictures = inputs[1].dup('c').data().asInt(); // (N)
      INDArray rows = byPicture(inputs[0], pictures); // (P, R, C)
      INDArray means = Nd4j.zeros(DataType.FLOAT, rows.size(0), rows.size(2)); // (P, C)
      for (int n = 0; n < pictures.length; n++) {
        means.getRow(pictures[n]).addi(epsilon.getRow(n));
      }
      means.muliRowVector(scale).divi(rows.size(1));
      INDArray gradient =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[0].shape(), 'c');
      INDArray target = gradient.reshape('c', rows.shape()); // (P, R, C)
      for (int p = 0; p < rows.size(0); p++) {
        INDArray ofPicture = target.slice(p); // (R, C)
        ofPicture.assign(0);
        ofPicture.addiRowVector(means.getRow(p));
      }
      return Pair.of(null, new INDArray[] {gradient, noGradient(workspaces, 1)});
    }

    private static INDArray byPicture(INDArray rows, int[] pictures) {
      long count = Arrays.stream(pictures).max().orElse(0) + 1L;
      return rows.reshape('c', count, rows.size(0) / count, rows.size(1)); // (P, R, C)
    }
  }
}
