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
 * Between an encoder and a decoder in one graph: the encoder's grid (P, C, R', R') becomes
 * standardised regions (P R, C), R being R' x R'. Mean and deviation stay those that the decoder
 * was warmed up with.
 */
public final class GridRows extends RowsVertex {
  private static final long serialVersionUID = 1L;

  private final float[] mean;
  private final float[] deviation;

  /**
   * Makes one.
   *
   * @param mean of each channel, (C)
   * @param deviation of each channel, (C)
   */
  public GridRows(
      @JsonProperty("mean") float[] mean, @JsonProperty("deviation") float[] deviation) {
    super(1);
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  /** Mean of each channel. */
  @JsonProperty("mean")
  public float[] mean() {
    return mean.clone();
  }

  /** Deviation of each channel. */
  @JsonProperty("deviation")
  public float[] deviation() {
    return deviation.clone();
  }

  @Override
  public GraphVertex clone() {
    return new GridRows(mean, deviation);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GridRows that
        && Arrays.equals(that.mean, mean)
        && Arrays.equals(that.deviation, deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  protected long columns(InputType... from) {
    return mean.length;
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
    private final transient INDArray mean; // (1, C)
    private final transient INDArray deviation; // (1, C)

    Running(GridRows conf, ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, type);
      mean = Nd4j.createFromArray(conf.mean).reshape(1, conf.mean.length);
      deviation = Nd4j.createFromArray(conf.deviation).reshape(1, conf.mean.length);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
      INDArray grid = inputs[0]; // (P, C, R', R')
      long c = grid.size(1);
      INDArray rows =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS,
              DataType.FLOAT,
              new long[] {grid.size(0), grid.size(2), grid.size(3), c},
              'c');
      rows.assign(grid.permute(0, 2, 3, 1));
      INDArray flat = rows.reshape('c', grid.size(0) * grid.size(2) * grid.size(3), c); // (P R, C)
      return flat.subiRowVector(mean).diviRowVector(deviation);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
      INDArray grid = inputs[0];
      INDArray rows =
          epsilon
              .divRowVector(deviation) // (P R, C)
              .reshape('c', grid.size(0), grid.size(2), grid.size(3), grid.size(1));
      INDArray gradient =
          workspaces.createUninitialized(
              ArrayType.ACTIVATION_GRAD, DataType.FLOAT, grid.shape(), 'c');
      gradient.assign(rows.permute(0, 3, 1, 2)); // (P, C, R', R')
      return Pair.of(null, new INDArray[] {gradient});
    }
  }
}
