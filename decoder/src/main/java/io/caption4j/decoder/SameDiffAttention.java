package io.caption4j.decoder;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link AdaptiveAttention} by its SameDiff definition, for any backend of ND4J.
 *
 * <p>M2.1 counts the gradient that comes from outside twice: {@code ExternalErrorsFunction.doDiff}
 * both sets it and returns it to be added. So half of it goes in. And its operations keep arrays
 * that they made in a minibatch, such as those of axes, for the next one; so they must not make
 * them in DL4J's workspaces, which are written over by then.
 */
@SuppressWarnings({"overrides", "try"}) // DL4J overrides its own varargs with an array
final class SameDiffAttention extends SameDiffGraphVertex {
  SameDiffAttention(
      AdaptiveAttention conf,
      ComputationGraph graph,
      String name,
      int index,
      INDArray params,
      boolean initialise,
      DataType type) {
    super(conf, graph, name, index, params, initialise, type);
  }

  /** Kept, as DL4J clips by it. */
  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    super.setBackpropGradientsViewArray(view);
    gradients = view;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return super.doForward(training, workspaces);
    }
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      setEpsilon(getEpsilon().mul(0.5));
      return super.doBackward(tbptt, workspaces);
    }
  }
}
