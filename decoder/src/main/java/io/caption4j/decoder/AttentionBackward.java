package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The backward pass of {@link FastAttention} between its products. */
final class AttentionBackward {
  private final AttentionBuffers b;
  private final FloatBuffer gates;
  private final FloatBuffer queries;
  private final FloatBuffer queryGradients;
  private final FloatBuffer states;
  private final FloatBuffer stateGradients;
  private final FloatBuffer jointGradients;
  private final int h;
  private final int r;

  private AttentionBackward(AttentionBuffers b) {
    this.b = b;
    gates = NativeFloats.buffer(b.gates());
    queries = NativeFloats.buffer(b.queries());
    queryGradients = NativeFloats.buffer(b.queryGradients());
    states = NativeFloats.buffer(b.states());
    stateGradients = NativeFloats.buffer(b.stateGradients());
    jointGradients = NativeFloats.buffer(b.jointGradients());
    h = b.h();
    r = b.r();
  }

  /**
   * From the joint's gradients to those by queries, states (without what comes through queries and
   * gates), regions, and the gates before their sigmoid, which take the gates' place.
   */
  static void run(AttentionBuffers b, INDArray regions, INDArray regionGradients) {
    AttentionBackward pass = new AttentionBackward(b);
    int pictures = (int) (regions.size(0) / b.r());
    // A picture's captions share its regions' gradient, so one thread takes them all.
    IntStream.range(0, pictures)
        .parallel()
        .forEach(picture -> pass.picture(picture, regions, regionGradients));
  }

  private void picture(int picture, INDArray regions, INDArray regionGradients) {
    Regions keys = Regions.of(regions, picture, r);
    float[] keyGradients = new float[r * h]; // (R, H)
    for (int caption = 0; caption < b.n(); caption++) {
      if (b.pictureOf()[caption] == picture) {
        caption(caption, keys, keyGradients);
      }
    }
    FloatBuffer to = NativeFloats.buffer(regionGradients);
    int perRow = regionGradients.stride(0);
    int perColumn = regionGradients.stride(1);
    for (int j = 0; j < h; j++) {
      int at = picture * r * perRow + j * perColumn;
      for (int i = 0; i < r; i++, at += perRow) {
        to.put(at, keyGradients[i * h + j]);
      }
    }
  }

  private void caption(int caption, Regions keys, float[] keyGradients) {
    float scale = (float) (1 / Math.sqrt(h));
    float[] gate = new float[h];
    float[] query = new float[h];
    float[] state = new float[h];
    float[] sentinel = new float[h];
    float[] dContext = new float[h];
    float[] dQuery = new float[h];
    float[] dState = new float[h];
    float[] weights = new float[r + 1];
    float[] dScores = new float[r + 1];
    for (int row = caption; row < b.rows(); row += b.n()) {
      gates.get(row * h, gate);
      queries.get(row * h, query);
      states.get(row * h, state);
      jointGradients.get(row * 2 * h, dContext);
      jointGradients.get(row * 2 * h + h, dState);
      System.arraycopy(b.weights(), row * (r + 1), weights, 0, r + 1);
      for (int j = 0; j < h; j++) {
        state[j] = Activations.tanh(state[j]);
        sentinel[j] = gate[j] * state[j];
      }
      keys.products(dContext, dScores);
      dScores[r] = Regions.dot(dContext, sentinel);
      float mean = Regions.dot(weights, dScores);
      for (int i = 0; i <= r; i++) {
        dScores[i] = weights[i] * (dScores[i] - mean) * scale;
      }
      Arrays.fill(dQuery, 0);
      keys.addWeighted(dScores, dQuery);
      for (int i = 0; i < r; i++) {
        float weight = weights[i];
        float score = dScores[i];
        int at = i * h;
        for (int j = 0; j < h; j++) {
          keyGradients[at + j] += weight * dContext[j] + score * query[j];
        }
      }
      for (int j = 0; j < h; j++) {
        dQuery[j] += dScores[r] * sentinel[j];
        float dSentinel = weights[r] * dContext[j] + dScores[r] * query[j];
        dState[j] += dSentinel * gate[j] * (1 - state[j] * state[j]);
        gate[j] = dSentinel * state[j] * gate[j] * (1 - gate[j]);
      }
      gates.put(row * h, gate);
      queryGradients.put(row * h, dQuery);
      stateGradients.put(row * h, dState);
    }
  }
}
