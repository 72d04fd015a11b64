package io.caption4j.decoder;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Steps the decoder that takes the picture as the LSTM's first input (Karpathy and Fei-Fei 2015,
 * Vinyals et al. 2015) with a copy of its parameters. Threads may share it.
 *
 * <p>The input half of the LSTM's gates is a table with a row for each word, filled when a word is
 * first read; a step is then two matrix products that read their weights once for all hypotheses.
 *
 * <p>Rows are hypotheses and lie together. DL4J's matrices are column-major, which is their
 * transpose row by row.
 */
final class ShowTellStepper implements Stepper {
  /** Sizes, for {@link ShowTellSteps}. */
  final DecoderSettings sizes;

  final Standardisation standardisation;

  /** The image's embedding, (C, E), and its bias, (E). */
  final FloatPointer imageWeights;

  final float[] imageBias;

  /** Batch normalisation of the image's embedding as a factor and a shift, (E). */
  final float[] normScale;

  final float[] normShift;

  /** Input weights of the gates, (E, 4H), and their bias, (4H). */
  final FloatPointer inputWeights;

  final float[] gateBias;

  /** Recurrent weights of the gates, (H, 4H). */
  final FloatPointer recurrentWeights;

  /** Output weights, (H, V), and their bias, (V). */
  final FloatPointer outputWeights;

  final float[] outputBias;

  private final FloatPointer wordEmbeddings; // (V, E)
  private final AtomicReferenceArray<float[]> wordGates; // (V) rows of 4H, or null

  /**
   * Takes the model's parameters as they are now.
   *
   * @throws ModelException if the graph lacks a parameter or one has another shape than the card's
   *     sizes ask for
   */
  ShowTellStepper(CaptionModel model) {
    ShowTellParameters p = model.parameters();
    sizes = p.sizes();
    standardisation = model.standardisation();
    imageWeights = p.pointer(ShowTellGraph.IMAGE_EMBEDDING, "W");
    imageBias = p.floats(ShowTellGraph.IMAGE_EMBEDDING, "b");
    normScale = p.floats(ShowTellGraph.IMAGE_NORM, "gamma");
    normShift = p.floats(ShowTellGraph.IMAGE_NORM, "beta");
    float[] mean = p.floats(ShowTellGraph.IMAGE_NORM, "mean");
    float[] variance = p.floats(ShowTellGraph.IMAGE_NORM, "var");
    for (int e = 0; e < mean.length; e++) {
      normScale[e] = (float) (normScale[e] / Math.sqrt(variance[e] + ShowTellGraph.NORM_EPSILON));
      normShift[e] -= mean[e] * normScale[e];
    }
    inputWeights = p.pointer(ShowTellGraph.LSTM, "W");
    gateBias = p.floats(ShowTellGraph.LSTM, "b");
    recurrentWeights = p.pointer(ShowTellGraph.LSTM, "RW");
    outputWeights = p.pointer(ShowTellGraph.OUTPUT, "W");
    outputBias = p.floats(ShowTellGraph.OUTPUT, "b");
    wordEmbeddings = p.pointer(ShowTellGraph.WORD_EMBEDDING, "W");
    wordGates = new AtomicReferenceArray<>(sizes.vocabularySize());
  }

  @Override
  public int vocabularySize() {
    return sizes.vocabularySize();
  }

  @Override
  public int featureSize() {
    return sizes.featureSize();
  }

  @Override
  public Steps start(float[] pooled, int pictures, int capacity) {
    return new ShowTellSteps(this, pooled, pictures, capacity);
  }

  /**
   * The gates' input half of words, bias included, in rows that nobody may change.
   *
   * @param ids the first {@code count} count
   */
  float[][] gatesOf(int[] ids, int count) {
    float[][] rows = new float[count][];
    int[] missing = new int[count];
    int found = 0;
    for (int r = 0; r < count; r++) {
      rows[r] = wordGates.get(ids[r]);
      if (rows[r] == null) {
        missing[found++] = ids[r];
      }
    }
    if (found > 0) {
      fill(Arrays.stream(missing, 0, found).distinct().toArray());
      for (int r = 0; r < count; r++) {
        rows[r] = wordGates.get(ids[r]);
      }
    }
    return rows;
  }

  // Two threads may both do a word; they come to the same.
  private void fill(int[] ids) {
    int e = sizes.embeddingSize();
    int gates = gateBias.length;
    FloatBuffer columns = wordEmbeddings.asBuffer(); // value k of word w is at k V + w
    try (FloatPointer embeddings = new FloatPointer((long) ids.length * e);
        FloatPointer products = new FloatPointer((long) ids.length * gates)) {
      FloatBuffer rows = embeddings.asBuffer(); // (words, E)
      for (int id : ids) {
        for (int k = 0, at = id; k < e; k++, at += sizes.vocabularySize()) {
          rows.put(columns.get(at));
        }
      }
      Blas.gemm(false, true, ids.length, gates, e, embeddings, 0, inputWeights, 0f, products, 0);
      FloatBuffer product = products.asBuffer(); // (words, 4H)
      for (int id : ids) {
        float[] row = new float[gates];
        product.get(row);
        for (int g = 0; g < gates; g++) {
          row[g] += gateBias[g];
        }
        wordGates.set(id, row);
      }
    }
  }
}
