package io.caption4j.decoder;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How captions are looked for: with a beam, or by drawing words at random. A beam of 1 is greedy.
 *
 * @param beam hypotheses kept at each step, 1 (greedy) to 100; at a step they are ranked by summed
 *     log-probability
 * @param top captions returned for a picture, best first, 1 to beam; of a search that samples it is
 *     the number of samples, 1 to 100
 * @param maxLength most words of a caption, 1 to 100; a hypothesis that reaches it is cut there and
 *     its log-probability lacks that of the END
 * @param lengthPenalty captions are compared in the end by log-probability / (words +
 *     1)^lengthPenalty, so that longer ones are not worse for their length alone; 0 compares by
 *     probability alone, 0 to 2
 * @param blockTrigrams whether a word is left out that would repeat three words in a row which the
 *     caption already holds (Paulus et al., "A Deep Reinforced Model for Abstractive
 *     Summarization", 2018)
 * @param diversity groups of the beam that keep away from each other's words, or {@link
 *     Diversity#NONE}
 * @param sampling how words are drawn, or {@link Sampling#OFF}; it takes the place of the beam,
 *     which is then 1
 * @param required what each caption must say; the beam is then kept for each state of having said
 *     it, at most {@value #MOST_STATES}
 */
public record Search(
    int beam,
    int top,
    int maxLength,
    double lengthPenalty,
    boolean blockTrigrams,
    Diversity diversity,
    Sampling sampling,
    List<RequiredWords> required)
    implements Serializable {
  /**
   * The beam to use where none is asked for: the bundled model scores best with it on its
   * validation pictures (docs/quality.md).
   */
  public static final int DEFAULT_BEAM = 5;

  /** The widest beam, the most captions and the longest one. */
  static final int MOST = 100;

  /** States of having said what is required, at most: each phrase has one more than words. */
  static final int MOST_STATES = 16;

  /** Checks the ranges, and that the settings do not contradict each other. */
  public Search {
    Objects.requireNonNull(diversity, "diversity");
    Objects.requireNonNull(sampling, "sampling");
    require(beam >= 1 && beam <= MOST, "beam", "1 to 100", beam);
    if (sampling.on()) {
      require(beam == 1, "beam", "1 where words are sampled", beam);
      require(top >= 1 && top <= MOST, "top", "1 to 100", top);
    } else {
      require(top >= 1 && top <= beam, "top", "1 to beam (" + beam + ")", top);
    }
    require(maxLength >= 1 && maxLength <= MOST, "maxLength", "1 to 100", maxLength);
    require(lengthPenalty >= 0 && lengthPenalty <= 2, "lengthPenalty", "0 to 2", lengthPenalty);
    require(
        beam % diversity.groups() == 0,
        "diversity.groups",
        "a divisor of beam (" + beam + ")",
        diversity.groups());
    required = List.copyOf(required);
    if (!required.isEmpty()) {
      require(!sampling.on(), "required", "nothing where words are sampled", required.size());
      require(
          diversity.groups() == 1, "required", "nothing with groups of the beam", required.size());
      long states = 1;
      int words = 0;
      for (RequiredWords one : required) {
        states = Math.min(MOST, states) * (one.size() + 1);
        words += one.length();
      }
      require(
          states <= MOST_STATES,
          "required",
          "four words, or fewer words in longer phrases or more forms",
          required.size());
      require(words <= maxLength, "maxLength", "as long as what is required, " + words, maxLength);
    }
  }

  /** A plain beam search: repeated words allowed, one group, nothing sampled. */
  public Search(int beam, int top, int maxLength, double lengthPenalty) {
    this(beam, top, maxLength, lengthPenalty, false, Diversity.NONE, Sampling.OFF, List.of());
  }

  /**
   * Diverse beam search (Vijayakumar et al. 2018): the beam falls into groups of equal width, and
   * at each step a word loses {@code penalty} for every time that an earlier group chose it at this
   * step (Hamming diversity). The penalty ranks the words within a group; captions are compared by
   * their own log-probability. END is not penalised: captions may well be equally long.
   *
   * @param groups 1 (none) to 100; as many as the beam is wide gives the most variety
   * @param penalty taken off a word's log-probability, 0 to 100; 0 with one group
   */
  public record Diversity(int groups, double penalty) implements Serializable {
    /** One group. */
    public static final Diversity NONE = new Diversity(1, 0);

    /** Checks the ranges. */
    public Diversity {
      require(groups >= 1 && groups <= MOST, "groups", "1 to 100", groups);
      require(penalty >= 0 && penalty <= 100, "penalty", "0 to 100", penalty);
      require(groups > 1 || penalty == 0, "penalty", "0 with one group", penalty);
    }
  }

  /**
   * How words are drawn at random. The words' log-probabilities are divided by the temperature;
   * then the {@code topK} likeliest words are kept; then, of those, the likeliest whose
   * probabilities together reach {@code topP} (nucleus sampling, Holtzman et al. 2020); what is
   * left is made to sum to 1 and drawn from.
   *
   * <p>The same seed gives a picture the same captions, whatever other pictures it is searched
   * with; the first samples are the same however many are asked for.
   *
   * @param temperature above 0 to 10: below 1 likely words become likelier; 0 turns sampling off
   * @param topK how many words are kept; 0 for all
   * @param topP the share of probability that is kept, above 0 to 1; 1 for all
   * @param seed of the random numbers
   */
  public record Sampling(double temperature, int topK, double topP, long seed)
      implements Serializable {
    /** No sampling. */
    public static final Sampling OFF = new Sampling(0, 0, 1, 0);

    /** Checks the ranges. */
    public Sampling {
      require(temperature >= 0 && temperature <= 10, "temperature", "0 to 10", temperature);
      require(topK >= 0, "topK", "0 or more", topK);
      require(topP > 0 && topP <= 1, "topP", "above 0 to 1", topP);
      require(temperature > 0 || topK == 0, "topK", "0 without a temperature", topK);
      require(temperature > 0 || topP == 1, "topP", "1 without a temperature", topP);
    }

    /** From all words as likely as the model has them. */
    public static Sampling of(long seed) {
      return new Sampling(1, 0, 1, seed);
    }

    /** Whether words are drawn. */
    public boolean on() {
      return temperature > 0;
    }
  }

  /** The likeliest word at each step, up to 20 words. */
  public static Search greedy() {
    return beam(1);
  }

  /** A beam of the given width, one caption of up to 20 words, length penalty 1. */
  public static Search beam(int width) {
    return new Search(width, 1, 20, 1);
  }

  /** Some samples of up to 20 words, the best first by a length penalty of 1. */
  public static Search samples(int count, Sampling sampling) {
    return new Search(1, count, 20, 1, false, Diversity.NONE, sampling, List.of());
  }

  /** The same with another number of captions. */
  public Search withTop(int newTop) {
    return new Search(
        beam, newTop, maxLength, lengthPenalty, blockTrigrams, diversity, sampling, required);
  }

  /** The same with another length limit. */
  public Search withMaxLength(int newMaxLength) {
    return new Search(
        beam, top, newMaxLength, lengthPenalty, blockTrigrams, diversity, sampling, required);
  }

  /** The same with another length penalty. */
  public Search withLengthPenalty(double newLengthPenalty) {
    return new Search(
        beam, top, maxLength, newLengthPenalty, blockTrigrams, diversity, sampling, required);
  }

  /** The same with trigrams blocked or not. */
  public Search withBlockTrigrams(boolean block) {
    return new Search(beam, top, maxLength, lengthPenalty, block, diversity, sampling, required);
  }

  /** The same with the beam in groups. */
  public Search withDiversity(Diversity newDiversity) {
    return new Search(
        beam, top, maxLength, lengthPenalty, blockTrigrams, newDiversity, sampling, required);
  }

  /** The same with words that each caption must hold. */
  public Search withRequired(List<RequiredWords> newRequired) {
    return new Search(
        beam, top, maxLength, lengthPenalty, blockTrigrams, diversity, sampling, newRequired);
  }

  /** How many hypotheses a picture has at most in each state of having said what is required. */
  int rows() {
    return sampling.on() ? top : beam;
  }

  private static void require(boolean holds, String name, String expected, Number found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s must be %s, found %s.".formatted(name, expected, found));
    }
  }
}
