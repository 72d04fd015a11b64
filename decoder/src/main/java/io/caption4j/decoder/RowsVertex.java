package io.caption4j.decoder;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What DL4J asks of every vertex without parameters whose output is a matrix. */
public abstract class RowsVertex extends GraphVertex {
  private static final long serialVersionUID = 1L;

  private final int inputs;

  /** Makes one with so many inputs. */
  protected RowsVertex(int inputs) {
    this.inputs = inputs;
  }

  /** Columns of the output, as far as they are known before there is input. */
  protected abstract long columns(InputType... from);

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return inputs;
  }

  @Override
  public int maxVertexInputs() {
    return inputs;
  }

  @Override
  public InputType getOutputType(int index, InputType... from) {
    return InputType.feedForward(columns(from));
  }

  @Override
  public MemoryReport getMemoryReport(InputType... from) {
    return new LayerMemoryReport.Builder(null, getClass(), from[0], getOutputType(0, from))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  /** In a graph. */
  @SuppressWarnings("overrides") // DL4J overrides its own varargs with an array
  public abstract static class Running extends BaseGraphVertex {
    /** Makes one for a place in a graph. */
    protected Running(ComputationGraph graph, String name, int index, DataType type) {
      super(graph, name, index, null, null, type);
    }

    /** An input's values, row by row. */
    protected final float[] values(int input) {
      return values(inputs[input]);
    }

    /** An array's values, row by row. */
    protected static float[] values(INDArray array) {
      return FastLayers.serve() ? NativeFloats.values(array) : array.dup('c').data().asFloat();
    }

    /** The output, of values row by row. */
    protected static INDArray activations(
        LayerWorkspaceMgr workspaces, float[] values, long... shape) {
      return filled(ArrayType.ACTIVATIONS, workspaces, values, shape);
    }

    /** The gradient of an input, of values row by row. */
    protected static INDArray gradients(
        LayerWorkspaceMgr workspaces, float[] values, long... shape) {
      return filled(ArrayType.ACTIVATION_GRAD, workspaces, values, shape);
    }

    private static INDArray filled(
        ArrayType type, LayerWorkspaceMgr workspaces, float[] values, long... shape) {
      INDArray array = workspaces.createUninitialized(type, DataType.FLOAT, shape, 'c');
      return array.assign(Nd4j.createFromArray(values).reshape('c', shape));
    }

    /** For an input that nothing trains. */
    protected final INDArray noGradient(LayerWorkspaceMgr workspaces, int input) {
      return workspaces.create(
          ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[input].shape(), 'c');
    }

    @Override
    public boolean hasLayer() {
      return false;
    }

    @Override
    public Layer getLayer() {
      return null;
    }

    @Override
    public void setBackpropGradientsViewArray(INDArray view) {
      // It has no parameters.
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArrays(
        INDArray[] masks, MaskState state, int minibatch) {
      return Pair.of(null, state);
    }

    @Override
    public String toString() {
      return "%s(%s)".formatted(getClass().getEnclosingClass().getSimpleName(), vertexName);
    }
  }
}
