package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
   * @param pooled raw (not standardised) pooled features, (N, C), row-major
   * @param pictures N; with none there are no captions
   * @return for each picture its captions, best first: {@code search.top()} of them, or fewer if so
   *     many were not found
   * @throws IllegalArgumentException if the features have another length
   * @throws ModelException if probabilities come out that are not numbers
   */
  public List<List<Caption>> search(float[] pooled, int pictures, Search search) {
    int channels = stepper.featureSize();
    if (pictures < 0 || pooled.length != (long) pictures * channels) {
      throw new IllegalArgumentException(
          "Expected features of shape (%d, %d), found %d values."
              .formatted(pictures, channels, pooled.length));
    }
    int chunk = Math.max(1, MOST_ROWS / search.beam());
    List<List<Caption>> captions = new ArrayList<>(pictures);
    for (int from = 0; from < pictures; from += chunk) {
      int to = Math.min(pictures, from + chunk);
      float[] part = Arrays.copyOfRange(pooled, from * channels, to * channels);
      captions.addAll(searchChunk(part, to - from, search));
    }
    return captions;
  }

  /**
   * The same for features that are an ND4J array.
   *
   * @param pooled raw pooled features, float (N, C)
   * @throws IllegalArgumentException if the features have another shape or type
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
    return search(pooled.dup('c').data().asFloat(), (int) pooled.size(0), search);
  }

  private List<List<Caption>> searchChunk(float[] pooled, int pictures, Search search) {
    try (Stepper.Steps steps = stepper.start(pooled, pictures, pictures * search.beam())) {
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
