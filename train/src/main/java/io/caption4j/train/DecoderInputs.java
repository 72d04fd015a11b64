package io.caption4j.train;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Standardisation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Makes the arrays that a decoder's graph trains on, of captions and their pictures. */
interface DecoderInputs {
  /**
   * The arrays of N captions.
   *
   * @param rows cache row of each caption's picture, (N)
   * @param targets ids to predict of each caption, its words and the END
   * @param weights what the loss of each caption counts, (N); null for 1
   * @param draw number of the minibatch, which decides how its pictures are augmented; {@link
   *     Phase#AS_THEY_ARE} for pictures as they are
   */
  MultiDataSet of(int[] rows, int[][] targets, float[] weights, int draw);

  /**
   * Of a decoder on a frozen encoder's features.
   *
   * @param pooled of the pooled features
   * @param grid of the regions; null for a decoder that looks at none
   */
  static DecoderInputs of(VariantRows features, Standardisation pooled, Standardisation grid) {
    return grid == null
        ? new ShowTellInputs(features, pooled)
        : new AttentionInputs(features, pooled, grid);
  }

  /**
   * The different pictures of captions.
   *
   * @param rows cache row of each picture, (P)
   * @param of which of them belongs to each caption, (N)
   */
  record Pictures(int[] rows, int[] of) {
    /** Of captions with these pictures' rows, (N). */
    static Pictures of(int[] rows) {
      int[] distinct = Arrays.stream(rows).distinct().toArray();
      Map<Integer, Integer> order = new HashMap<>();
      for (int row : distinct) {
        order.put(row, order.size());
      }
      return new Pictures(distinct, Arrays.stream(rows).map(order::get).toArray());
    }

    /** Which picture belongs to each caption, (N, 1). */
    INDArray array() {
      float[] picture = new float[of.length];
      for (int n = 0; n < of.length; n++) {
        picture[n] = of[n];
      }
      return Nd4j.createFromArray(picture).reshape(of.length, 1);
    }
  }

  /** Words, labels and mask of captions. */
  record Text(INDArray words, INDArray labels, INDArray mask) {
    /**
     * Makes them.
     *
     * @param before steps before the first word, which predict nothing
     */
    static Text of(int[][] targets, float[] weights, int before) {
      int n = targets.length;
      int longest = Arrays.stream(targets).mapToInt(t -> t.length).max().orElse(0);
      int steps = longest + before; // T
      int channels = weights == null ? 1 : 2;
      float[] words = new float[n * longest]; // (N, T - before)
      float[] labels = new float[n * channels * steps]; // (N, 1 or 2, T)
      float[] mask = new float[n * steps]; // (N, T)
      for (int i = 0; i < n; i++) {
        int[] target = targets[i];
        int at = i * channels * steps + before;
        words[i * longest] = Vocabulary.START;
        for (int t = 0; t < target.length; t++) {
          labels[at + t] = target[t];
          if (t > 0) {
            words[i * longest + t] = target[t - 1];
          }
          if (weights != null) {
            labels[at + steps + t] = weights[i];
          }
        }
        Arrays.fill(mask, i * steps + before, i * steps + before + target.length, 1);
      }
      return new Text(
          Nd4j.createFromArray(words).reshape(n, 1, longest),
          Nd4j.createFromArray(labels).reshape(n, channels, steps),
          Nd4j.createFromArray(mask).reshape(n, steps));
    }

    MultiDataSet with(INDArray... inputs) {
      return new MultiDataSet(inputs, new INDArray[] {labels}, null, new INDArray[] {mask});
    }
  }
}
