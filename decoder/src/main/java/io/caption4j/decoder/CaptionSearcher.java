package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Explanation.WordAttention;
import io.caption4j.encoder.FeatureCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Searches captions for features with a copy of a model's parameters: greedily, with a beam or by
 * sampling, for many pictures at once. Thread-safe; the model may be trained on meanwhile.
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
    this(stepper(model), model.vocabulary());
  }

  /** The stepper of a model's kind. */
  static Stepper stepper(CaptionModel model) {
    return model.card().decoder().kind().equals(DecoderSettings.ATTENTION)
        ? new AttentionStepper(model)
        : new ShowTellStepper(model);
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
   * @param features raw (not standardised) features, row-major: pooled ones, (N, C), or regions,
   *     (N, C, R), as {@link DecoderSettings#features} says
   * @param pictures N; with none there are no captions
   * @return for each picture its captions, best first: {@code search.top()} of them, or fewer if so
   *     many were not found
   * @throws IllegalArgumentException if the features have another length
   * @throws ModelException if probabilities come out that are not numbers, or the vocabulary lacks
   *     a word that each caption must hold
   */
  public List<List<Caption>> search(float[] features, int pictures, Search search) {
    if (pictures == 0) {
      return List.of();
    }
    int length = lengthOf(features.length, pictures);
    RequiredWordsAutomaton automaton = RequiredWordsAutomaton.of(search.required(), vocabulary);
    int rows = search.rows() * automaton.states();
    int chunk = Math.max(1, MOST_ROWS / rows);
    List<List<Caption>> captions = new ArrayList<>(pictures);
    for (int from = 0; from < pictures; from += chunk) {
      int to = Math.min(pictures, from + chunk);
      float[] part = Arrays.copyOfRange(features, from * length, to * length);
      captions.addAll(searchChunk(part, to - from, search, automaton));
    }
    return captions;
  }

  /** Floats a picture. */
  private int lengthOf(int values, int pictures) {
    int channels = stepper.featureSize();
    boolean pooled = stepper.features() == FeatureCache.Kind.POOLED;
    boolean whole = pictures > 0 && values > 0 && values % ((long) pictures * channels) == 0;
    if (!whole || (pooled && values != pictures * channels)) {
      throw new IllegalArgumentException(
          "Expected features of shape (%d, %d%s), found %d values."
              .formatted(pictures, channels, pooled ? "" : ", R", values));
    }
    return values / pictures;
  }

  /**
   * The same for features that are an ND4J array.
   *
   * @param features raw features, float (N, C) or (N, C, R...)
   * @throws IllegalArgumentException if the features have another shape or type
   */
  public List<List<Caption>> search(INDArray features, Search search) {
    if (features.isEmpty()) {
      return List.of();
    }
    boolean pooled = stepper.features() == FeatureCache.Kind.POOLED;
    if ((pooled ? features.rank() != 2 : features.rank() < 3)
        || features.size(1) != stepper.featureSize()
        || features.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Expected float features of shape (N, %d%s), found %s %s."
              .formatted(
                  stepper.featureSize(),
                  pooled ? "" : ", R",
                  features.dataType(),
                  Arrays.toString(features.shape())));
    }
    return search(features.dup('c').data().asFloat(), (int) features.size(0), search);
  }

  private List<List<Caption>> searchChunk(
      float[] features, int pictures, Search search, RequiredWordsAutomaton automaton) {
    List<PictureSearch> searches = new ArrayList<>(pictures);
    for (int p = 0; p < pictures; p++) {
      searches.add(begin(search, automaton, features, pictures, p));
    }
    try (Stepper.Steps steps =
        stepper.start(features, pictures, pictures * search.rows() * automaton.states())) {
      return BatchSearch.run(steps, searches, search.maxLength()).stream()
          .map(found -> found.stream().map(this::caption).toList())
          .toList();
    }
  }

  private PictureSearch begin(
      Search search,
      RequiredWordsAutomaton automaton,
      float[] features,
      int pictures,
      int picture) {
    int size = stepper.vocabularySize();
    if (automaton.states() > 1) {
      return new ConstrainedBeamSearch(search, automaton, size, picture);
    }
    if (!search.sampling().on()) {
      return new BeamSearch(search, size, picture);
    }
    int length = features.length / pictures;
    long key = SampleSearch.key(features, picture * length, length);
    return new SampleSearch(search, size, picture, key);
  }

  private Caption caption(Hypothesis found) {
    List<String> words = Arrays.stream(found.words()).mapToObj(vocabulary::word).toList();
    List<Double> steps = Arrays.stream(found.steps()).boxed().toList();
    return new Caption(words, found.logProbability(), steps);
  }

  /**
   * Where the decoder looks for each word of a caption of a picture, be it one that it found or any
   * other; a word that the model does not know is read as UNK.
   *
   * @param features of the one picture, as {@link #search(float[], int, Search)} takes them
   * @throws IllegalArgumentException if the features have another length
   * @throws ModelException if the decoder has no attention
   */
  public Explanation explain(float[] features, Caption caption) {
    lengthOf(features.length, 1);
    List<WordAttention> words = new ArrayList<>();
    try (Stepper.Steps steps = stepper.start(features, 1, 1)) {
      int last = Vocabulary.START;
      for (String word : caption.words()) {
        words.add(attention(steps, last, word));
        last = vocabulary.id(word);
      }
    }
    return new Explanation(caption, words);
  }

  /**
   * Checks that this decoder can tell where it looks.
   *
   * @throws ModelException if it has no attention
   */
  public void requireAttention() {
    try (Stepper.Steps steps = stepper.start(new float[stepper.featureSize()], 1, 1)) {
      attention(steps, Vocabulary.START, "");
    }
  }

  /** Where it looks for a word when it has read the one before. */
  private static WordAttention attention(Stepper.Steps steps, int last, String word) {
    steps.next(new int[] {last}, new int[] {0}, 1);
    float[] found = steps.attention(); // (1, R + 1)
    if (found == null) {
      throw new ModelException(
          "This model's decoder is %s, which does not look at parts of the picture; to see where it looks, use a model trained with --decoder attention."
              .formatted(DecoderSettings.SHOW_TELL));
    }
    int positions = found.length - 1;
    return new WordAttention(word, Arrays.copyOf(found, positions), found[positions]);
  }
}
