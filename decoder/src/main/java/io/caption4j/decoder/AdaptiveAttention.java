package io.caption4j.decoder;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Attention over a picture's regions and a sentinel, after Lu et al. 2017 ("Knowing When to Look",
 * equations 9 to 13, with scaled dot products for scores).
 *
 * <p>With x_t what the LSTM read, h_t its output and k_1..k_R the regions: the sentinel is s_t =
 * sigmoid(x_t Wx + h_(t-1) Wh + b) tanh(h_t); the query q_t = h_t Wq + bq; the weights a = softmax
 * of q_t . k_r / sqrt(H) and q_t . s_t / sqrt(H); the context c_t = sum of a_r k_r + a_s s_t; the
 * output tanh([c_t; h_t] Wc + bc).
 *
 * <p>Inputs in this order: x (N, X, T), h (N, H, T), regions (P R, H) of P pictures, and each
 * caption's picture (N, 1). Output: (N, H, T). The SameDiff definition serves where ND4J has a GPU,
 * and in tests; a CPU takes {@link FastAttention}.
 */
public final class AdaptiveAttention extends SameDiffVertex {
  // DL4J takes what follows the last underscore for the name, so they have none.

  /** Sentinel gate: weights for x (X, H), for h (H, H), and its bias (1, H). */
  static final String GATE_INPUT = "Wx";

  static final String GATE_STATE = "Wh";
  static final String GATE_BIAS = "b";

  /** Query: (H, H) and (1, H). */
  static final String QUERY = "Wq";

  static final String QUERY_BIAS = "bq";

  /** Output: (2H, H), the context's rows first, and (1, H). */
  static final String JOINT = "Wc";

  static final String JOINT_BIAS = "bc";

  private static final long serialVersionUID = 1L;

  private final int inputSize;
  private final int stateSize;
  private final long seed;

  /**
   * Makes one.
   *
   * @param inputSize X, size of what the LSTM reads
   * @param stateSize H
   * @param seed of the initial parameters
   */
  public AdaptiveAttention(
      @JsonProperty("inputSize") int inputSize,
      @JsonProperty("stateSize") int stateSize,
      @JsonProperty("seed") long seed) {
    this.inputSize = inputSize;
    this.stateSize = stateSize;
    this.seed = seed;
  }

  /** Size of what the LSTM reads. */
  @JsonProperty("inputSize")
  public int inputSize() {
    return inputSize;
  }

  /** Size of the LSTM's state. */
  @JsonProperty("stateSize")
  public int stateSize() {
    return stateSize;
  }

  /** Seed of the initial parameters. */
  @JsonProperty("seed")
  public long seed() {
    return seed;
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    params.defineInputs("x", "h", "regions", "picture");
    params.addWeightParam(GATE_INPUT, inputSize, stateSize);
    params.addWeightParam(GATE_STATE, stateSize, stateSize);
    params.addBiasParam(GATE_BIAS, 1, stateSize);
    params.addWeightParam(QUERY, stateSize, stateSize);
    params.addBiasParam(QUERY_BIAS, 1, stateSize);
    params.addWeightParam(JOINT, 2L * stateSize, stateSize);
    params.addBiasParam(JOINT_BIAS, 1, stateSize);
  }

  /** Column-major, as DL4J's own layers keep their weights. */
  @Override
  public char paramReshapeOrder(String name) {
    return 'f';
  }

  /** Xavier for weights (Glorot and Bengio 2010), zero for biases. */
  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    Random random = new Random(seed);
    params.forEach(
        (name, value) -> {
          float[] start = new float[(int) value.length()];
          double deviation = Math.sqrt(2.0 / (value.size(0) + value.size(1)));
          for (int i = 0; i < start.length && !name.startsWith("b"); i++) {
            start[i] = (float) (deviation * random.nextGaussian());
          }
          value.assign(Nd4j.createFromArray(start).reshape(value.shape()));
        });
  }

  @Override
  public SDVariable defineVertex(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Map<String, SDVariable> masks) {
    double scale = 1 / Math.sqrt(stateSize);
    SDVariable x = inputs.get("x").permute(0, 2, 1); // (N, T, X)
    SDVariable h = inputs.get("h").permute(0, 2, 1); // (N, T, H)
    SDVariable first = h.get(SDIndex.all(), SDIndex.interval(0, 1), SDIndex.all());
    SDVariable shifted = sd.concat(1, first.mul(0), h); // (N, T + 1, H)
    SDVariable before =
        sd.stridedSlice(
            shifted,
            new long[] {0, 0, 0},
            new long[] {0, -1, 0},
            new long[] {1, 1, 1},
            7,
            5,
            0,
            0,
            0); // (N, T, H)
    SDVariable gate =
        sd.nn.sigmoid(
            rows(sd, x, params.get(GATE_INPUT), h)
                .add(rows(sd, before, params.get(GATE_STATE), h))
                .add(params.get(GATE_BIAS)));
    SDVariable sentinel = gate.mul(sd.math.tanh(h)); // (N, T, H)
    SDVariable query = rows(sd, h, params.get(QUERY), h).add(params.get(QUERY_BIAS));
    SDVariable regions = inputs.get("regions"); // (P R, H)
    SDVariable picture = inputs.get("picture").castTo(DataType.INT64).reshape(-1); // (N)
    SDVariable pictures = picture.max().add(1);
    SDVariable perPicture = sd.sizeAt(regions, 0).castTo(DataType.INT64).div(pictures);
    // One-hot rows in place of gather, whose gradient is wrong for a picture of several captions.
    SDVariable each =
        sd.range(sd.constant(0f), pictures.castTo(DataType.FLOAT), sd.constant(1f), DataType.FLOAT);
    SDVariable choice =
        sd.eq(inputs.get("picture"), each.reshape(1, -1)).castTo(DataType.FLOAT); // (N, P)
    SDVariable byPicture =
        sd.reshape(regions, sd.stack(0, pictures, perPicture.mul(stateSize))); // (P, R H)
    SDVariable keys =
        sd.reshape(
            choice.mmul(byPicture),
            sd.stack(
                0,
                sd.sizeAt(inputs.get("picture"), 0).castTo(DataType.INT64),
                perPicture,
                sd.constant((long) stateSize))); // (N, R, H)
    SDVariable scores = sd.mmul(query, keys.permute(0, 2, 1)); // (N, T, R)
    SDVariable own = query.mul(sentinel).sum(true, 2); // (N, T, 1)
    SDVariable weights = sd.nn.softmax(sd.concat(2, scores, own).mul(scale), 2); // (N, T, R + 1)
    SDVariable toRegions =
        sd.stridedSlice(
            weights,
            new long[] {0, 0, 0},
            new long[] {0, 0, -1},
            new long[] {1, 1, 1},
            7,
            3,
            0,
            0,
            0); // (N, T, R)
    SDVariable toSentinel = toRegions.sum(true, 2).rsub(1); // (N, T, 1)
    SDVariable context = sd.mmul(toRegions, keys).add(sentinel.mul(toSentinel)); // (N, T, H)
    // DL4J wants a gradient by each input; that by the indices is zero.
    SDVariable nothing = inputs.get("picture").mul(0).sum();
    SDVariable joint = sd.concat(2, context, h).add(nothing); // (N, T, 2H)
    return sd.math
        .tanh(rows(sd, joint, params.get(JOINT), h).add(params.get(JOINT_BIAS)))
        .permute(0, 2, 1); // (N, H, T)
  }

  // As one product of matrices: the gradient of tensorMmul is wrong in M2.1.
  private static SDVariable rows(
      SameDiff sd, SDVariable from, SDVariable weights, SDVariable like) {
    SDVariable flat = from.reshape(-1, weights.getShape()[0]); // (N T, in)
    return sd.reshape(flat.mmul(weights), sd.shape(like)); // (N, T, H)
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray params,
      boolean initialise,
      DataType type) {
    setName(name);
    return FastLayers.serve()
        ? new FastAttention(this, graph, name, index, params, initialise, type)
        : new SameDiffAttention(this, graph, name, index, params, initialise, type);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return Pair.of(null, state);
  }

  @Override
  public GraphVertex clone() {
    AdaptiveAttention copy = new AdaptiveAttention(inputSize, stateSize, seed);
    copy.setName(getName());
    copy.regularization = regularization;
    copy.regularizationBias = regularizationBias;
    copy.updater = updater;
    copy.biasUpdater = biasUpdater;
    copy.gradientNormalization = gradientNormalization;
    copy.gradientNormalizationThreshold = gradientNormalizationThreshold;
    copy.dataType = dataType;
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdaptiveAttention that
        && that.inputSize == inputSize
        && that.stateSize == stateSize
        && that.seed == seed;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * inputSize + stateSize) + Long.hashCode(seed);
  }
}
