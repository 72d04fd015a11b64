package io.caption4j.decoder;

import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link AdaptiveAttention} on a CPU: all of it lies after the LSTM, so that the whole sequence's
 * projections are one product each, and only the sums over regions are loops. Parameters and
 * gradients are those that DL4J gives the vertex.
 */
@SuppressWarnings("overrides") // DL4J overrides its own varargs with an array
final class FastAttention extends SameDiffGraphVertex {
  private final AttentionBuffers b;

  FastAttention(
      AdaptiveAttention conf,
      ComputationGraph graph,
      String name,
      int index,
      INDArray params,
      boolean initialise,
      DataType type) {
    super(conf, graph, name, index, params, initialise, type);
    b = new AttentionBuffers(conf.inputSize(), conf.stateSize());
  }

  /** Kept, as DL4J clips by it. */
  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    super.setBackpropGradientsViewArray(view);
    gradients = view;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray x = inputs[0]; // (N, X, T)
    INDArray states = inputs[1]; // (N, H, T)
    INDArray regions = inputs[2]; // (P R, H)
    b.resize((int) x.size(0), (int) x.size(2), pictures(inputs[3]), regions.size(0));
    TimeMajor.fromSequences(x, b.inputs());
    b.state(0).assign(0); // before the first step
    TimeMajor.fromSequences(states, b.states());
    int rows = b.rows();
    int h = b.h();
    FloatPointer previous = NativeFloats.pointer(b.previousStates());
    FloatPointer state = NativeFloats.pointer(b.states());
    FloatPointer gates = NativeFloats.pointer(b.gates());
    FloatPointer input = NativeFloats.pointer(b.inputs());
    FloatPointer queries = NativeFloats.pointer(b.queries());
    FloatPointer joint = NativeFloats.pointer(b.joint());
    FloatPointer out = NativeFloats.pointer(b.outputs());
    // (T N, H) = (T N, X) (X, H); column-major weights are their transpose row by row.
    Blas.gemm(
        false, true, rows, h, b.x(), input, 0, weight(AdaptiveAttention.GATE_INPUT), 0f, gates, 0);
    Blas.gemm(
        false, true, rows, h, h, previous, 0, weight(AdaptiveAttention.GATE_STATE), 1f, gates, 0);
    Blas.gemm(false, true, rows, h, h, state, 0, weight(AdaptiveAttention.QUERY), 0f, queries, 0);
    AttentionForward.run(
        b, regions, floats(AdaptiveAttention.GATE_BIAS), floats(AdaptiveAttention.QUERY_BIAS));
    Blas.gemm(false, true, rows, h, 2 * h, joint, 0, weight(AdaptiveAttention.JOINT), 0f, out, 0);
    Activations.addBiasAndTanh(b.outputs(), floats(AdaptiveAttention.JOINT_BIAS));
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, states.shape(), 'f');
    TimeMajor.toSequences(b.outputs(), result); // (T, N, H) to (N, H, T)
    return result;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    int rows = b.rows();
    int h = b.h();
    TimeMajor.fromSequences(epsilon, b.queryGradients()); // (T, N, H), for the time being
    Activations.timesTanhGradient(b.queryGradients(), b.outputs());
    FloatPointer dOut = NativeFloats.pointer(b.outputs()); // now the gradient before the tanh
    FloatPointer joint = NativeFloats.pointer(b.joint());
    FloatPointer dJoint = NativeFloats.pointer(b.jointGradients());
    // Column-major (2H, H) is (H, 2H) row by row: (H, T N) (T N, 2H).
    Blas.gemm(true, false, h, 2 * h, rows, dOut, 0, joint, 0f, of(AdaptiveAttention.JOINT), 0);
    Blas.sumRows(rows, h, dOut, of(AdaptiveAttention.JOINT_BIAS));
    // (T N, 2H) = (T N, H) (H, 2H)
    FloatPointer jointWeight = weight(AdaptiveAttention.JOINT);
    Blas.gemm(false, false, rows, 2 * h, h, dOut, 0, jointWeight, 0f, dJoint, 0);
    INDArray regions = inputs[2];
    INDArray dRegions = like(regions, workspaces); // (P R, H)
    AttentionBackward.run(b, regions, dRegions);
    FloatPointer dGates = NativeFloats.pointer(b.gates());
    FloatPointer dQueries = NativeFloats.pointer(b.queryGradients());
    FloatPointer dStates = NativeFloats.pointer(b.stateGradients()); // (T, N, H) with room behind
    FloatPointer input = NativeFloats.pointer(b.inputs());
    FloatPointer state = NativeFloats.pointer(b.states());
    FloatPointer previous = NativeFloats.pointer(b.previousStates());
    Blas.gemm(true, false, h, h, rows, dQueries, 0, state, 0f, of(AdaptiveAttention.QUERY), 0);
    Blas.sumRows(rows, h, dQueries, of(AdaptiveAttention.QUERY_BIAS));
    FloatPointer query = weight(AdaptiveAttention.QUERY);
    Blas.gemm(false, false, rows, h, h, dQueries, 0, query, 1f, dStates, 0);
    Blas.gemm(
        true, false, h, b.x(), rows, dGates, 0, input, 0f, of(AdaptiveAttention.GATE_INPUT), 0);
    Blas.gemm(
        true, false, h, h, rows, dGates, 0, previous, 0f, of(AdaptiveAttention.GATE_STATE), 0);
    Blas.sumRows(rows, h, dGates, of(AdaptiveAttention.GATE_BIAS));
    int laterRows = rows - b.n(); // the gate of step t + 1 reads the state of step t
    if (laterRows > 0) {
      FloatPointer gateState = weight(AdaptiveAttention.GATE_STATE);
      FloatPointer laterGates = dGates.getPointer((long) b.n() * h);
      Blas.gemm(false, false, laterRows, h, h, laterGates, 0, gateState, 1f, dStates, 0);
    }
    FloatPointer gateInput = weight(AdaptiveAttention.GATE_INPUT);
    Blas.gemm(false, false, rows, b.x(), h, dGates, 0, gateInput, 0f, input, 0); // over the inputs
    INDArray dX =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[0].shape(), 'f');
    INDArray dH =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[1].shape(), 'f');
    TimeMajor.toSequences(b.inputs(), dX);
    TimeMajor.toSequences(b.stateGradients(), dH);
    INDArray dPicture =
        workspaces.create(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, inputs[3].shape(), 'c');
    Gradient gradient = new DefaultGradient();
    for (Map.Entry<String, INDArray> entry : gradTable.entrySet()) {
      gradient.gradientForVariable().put(entry.getKey(), entry.getValue());
    }
    return Pair.of(gradient, new INDArray[] {dX, dH, dRegions, dPicture});
  }

  private static INDArray like(INDArray array, LayerWorkspaceMgr workspaces) {
    return workspaces.createUninitialized(
        ArrayType.ACTIVATION_GRAD, DataType.FLOAT, array.shape(), array.ordering());
  }

  private static int[] pictures(INDArray indices) {
    return indices.dup('c').data().asInt();
  }

  private FloatPointer weight(String name) {
    return NativeFloats.pointer(paramTable.get(name));
  }

  private float[] floats(String name) {
    return paramTable.get(name).dup('c').data().asFloat();
  }

  private FloatPointer of(String name) {
    return NativeFloats.pointer(gradTable.get(name));
  }
}
