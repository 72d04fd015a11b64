package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The forward pass of {@link FastAttention} between its products. */
final class AttentionForward {
  private AttentionForward() {}

  /**
   * From gates and queries that lack their biases to gates, queries, weights and the joint of
   * context and state.
   */
  static void run(AttentionBuffers b, INDArray regions, float[] gateBias, float[] queryBias) {
    FloatBuffer gates = NativeFloats.buffer(b.gates());
    FloatBuffer queries = NativeFloats.buffer(b.queries());
    FloatBuffer states = NativeFloats.buffer(b.states());
    FloatBuffer joint = NativeFloats.buffer(b.joint());
    int n = b.n();
    int h = b.h();
    int r = b.r();
    float scale = (float) (1 / Math.sqrt(h));
    IntStream.range(0, n)
        .parallel()
        .forEach(
            caption -> {
              Regions keys = Regions.of(regions, b.pictureOf()[caption], r);
              float[] gate = new float[h];
              float[] query = new float[h];
              float[] state = new float[h];
              float[] sentinel = new float[h];
              float[] context = new float[h];
              float[] weights = new float[r + 1];
              for (int row = caption; row < b.rows(); row += n) {
                gates.get(row * h, gate);
                queries.get(row * h, query);
                states.get(row * h, state);
                for (int j = 0; j < h; j++) {
                  gate[j] = Activations.sigmoid(gate[j] + gateBias[j]);
                  query[j] += queryBias[j];
                  sentinel[j] = gate[j] * Activations.tanh(state[j]);
                }
                keys.products(query, weights);
                weights[r] = Regions.dot(query, sentinel);
                for (int i = 0; i <= r; i++) {
                  weights[i] *= scale;
                }
                Regions.softmax(weights, r + 1);
                Arrays.fill(context, 0);
                keys.addWeighted(weights, context);
                for (int j = 0; j < h; j++) {
                  context[j] += weights[r] * sentinel[j];
                }
                gates.put(row * h, gate);
                queries.put(row * h, query);
                joint.put(row * 2 * h, context);
                joint.put(row * 2 * h + h, state);
                System.arraycopy(weights, 0, b.weights(), row * (r + 1), r + 1);
              }
            });
  }
}
