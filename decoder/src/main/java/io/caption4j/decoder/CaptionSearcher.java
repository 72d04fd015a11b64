package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Searches captions for features with a copy of a model's parameters: greedily or with a beam, for
 * many pictures at once. Thread-safe; the model may be trained on meanwhile.
 *
 * <p>PAD, START and UNK are never produced. They are left out after the softmax, so a caption's
 * log-probability is that of the model over all of its ids and what the three would have had is not
 * shared out among the other words.
 */
public final class CaptionSearcher {
  // Rows of a step: enough for BLAS to be efficient, few enough for the caches.
  private static final int MOST_ROWS = 128;

  private final Stepper stepper;
  private final Vocabulary vocabulary;

  /**
   * Copies the model's parameters.
   *
   * @throws ModelException if the graph's parameters do not have the shapes of the model's card
   */
  public CaptionSearcher(CaptionModel model) {
    this(new ShowTellStepper(model), model.vocabulary());
  }

  /** Searches with any decoder. */
  CaptionSearcher(Stepper stepper, Vocabulary vocabulary) {
    if (vocabulary.size() != stepper.vocabularySize()) {
      throw new ModelException(
          "The vocabulary has %d words, the decoder gives probabilities for %d; expected as many."
              .formatted(vocabulary.size(), stepper.vocabularySize()));
    }
    this.stepper = stepper;
    this.vocabulary = vocabulary;
  }

  /**
   * Captions of a batch of pictures, searched together.
   *
   * @param pooled raw (not standardised) pooled features, float (N, C)
   * @return for each picture its captions, best first: {@code search.top()} of them, or fewer if so
   *     many were not found
   * @throws IllegalArgumentException if the features have another shape or type
   * @throws ModelException if probabilities come out that are not numbers
   */
  public List<List<Caption>> search(INDArray pooled, Search search) {
    if (pooled.isEmpty()) {
      return List.of();
    }
    if (pooled.rank() != 2
        || pooled.size(1) != stepper.featureSize()
        || pooled.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Expected float features of shape (N, %d), found %s %s."
              .formatted(
                  stepper.featureSize(), pooled.dataType(), Arrays.toString(pooled.shape())));
    }
    int pictures = (int) pooled.size(0);
    int chunk = Math.max(1, MOST_ROWS / search.beam());
    List<List<Caption>> captions = new ArrayList<>(pictures);
    for (int from = 0; from < pictures; from += chunk) {
      int to = Math.min(pictures, from + chunk);
      captions.addAll(
          searchChunk(
              pooled.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()), to - from, search));
    }
    return captions;
  }

  private List<List<Caption>> searchChunk(INDArray pooled, int pictures, Search search) {
    try (Stepper.Steps steps = stepper.start(pooled, pictures * search.beam())) {
      return BeamSearch.run(steps, pictures, stepper.vocabularySize(), search).stream()
          .map(found -> found.stream().map(this::caption).toList())
          .toList();
    }
  }

  private Caption caption(Hypothesis found) {
    List<String> words = Arrays.stream(found.words()).mapToObj(vocabulary::word).toList();
    return new Caption(words, found.logProbability());
  }
}
