package io.caption4j.decoder;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
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
public final class GridRows extends GraphVertex {
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
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
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

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(mean.length);
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(null, GridRows.class, inputs[0], getOutputType(0, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  /** In a graph. */
  @SuppressWarnings("overrides") // DL4J overrides its own varargs with an array
  private static final class Running extends BaseGraphVertex {
    private final transient INDArray mean; // (1, C)
    private final transient INDArray deviation; // (1, C)

    Running(GridRows conf, ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, null, null, type);
      mean = Nd4j.createFromArray(conf.mean).reshape(1, conf.mean.length);
      deviation = Nd4j.createFromArray(conf.deviation).reshape(1, conf.mean.length);
    }

    @Override
    public boolean hasLayer() {
      return false;
    }

    @Override
    public org.deeplearning4j.nn.api.Layer getLayer() {
      return null;
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

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
      // It has no parameters.
    }

    @Override
    public Pair<INDArray, org.deeplearning4j.nn.api.MaskState> feedForwardMaskArrays(
        INDArray[] masks, org.deeplearning4j.nn.api.MaskState state, int minibatch) {
      return Pair.of(null, state);
    }

    @Override
    public String toString() {
      return "GridRows(" + vertexName + ")";
    }
  }
}
