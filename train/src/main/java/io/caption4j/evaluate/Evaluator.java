package io.caption4j.evaluate;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Scores candidates against references with all metrics. References are prepared once, so that
 * evaluating after each epoch costs little; immutable and safe to share between threads.
 */
public final class Evaluator {
  /** Words that end no whole sentence. */
  private static final Set<String> NO_LAST_WORDS =
      Set.of("a", "an", "the", "of", "in", "on", "with", "and");

  private final EncodedReferences references;
  private final Bleu bleu;
  private final RougeL rougeL;
  private final CiderD ciderD;
  private final Set<List<String>> trainingCaptions; // null: not known

  private Evaluator(List<List<List<String>>> references, Set<List<String>> trainingCaptions) {
    this.references = EncodedReferences.of(references);
    this.bleu = new Bleu(this.references);
    this.rougeL = new RougeL(this.references);
    this.ciderD = new CiderD(this.references, DocumentFrequencies.of(this.references));
    this.trainingCaptions = trainingCaptions;
  }

  /**
   * An evaluator that does not know the training captions.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   */
  public static Evaluator of(List<List<List<String>>> references) {
    return new Evaluator(references, null);
  }

  /**
   * An evaluator that also tells the share of candidates found among the training captions.
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   * @param trainingCaptions tokens of each training caption, (caption, token)
   */
  public static Evaluator of(
      List<List<List<String>>> references, Collection<List<String>> trainingCaptions) {
    return new Evaluator(references, new HashSet<>(trainingCaptions));
  }

  /**
   * Scores one candidate an image.
   *
   * @param candidates tokens, (image, token), in the order of the references; a candidate may be
   *     empty, and then matches nothing
   * @throws IllegalArgumentException if their number is not that of the images
   */
  public Scores evaluate(List<List<String>> candidates) {
    int[][] encoded = references.encode(candidates);
    List<CorpusScore> bleus = bleu.score(encoded);
    Set<String> words = new HashSet<>();
    long tokens = 0;
    for (List<String> candidate : candidates) {
      words.addAll(candidate);
      tokens += candidate.size();
    }
    return new Scores(
        candidates.size(),
        bleus.get(0).corpus(),
        bleus.get(1).corpus(),
        bleus.get(2).corpus(),
        bleus.get(3).corpus(),
        OptionalDouble.empty(),
        rougeL.score(encoded).corpus(),
        ciderD.score(encoded).corpus(),
        new HashSet<>(candidates).size(),
        verbatim(candidates),
        badEndings(candidates),
        (double) tokens / candidates.size(),
        words.size());
  }

  private static double badEndings(List<List<String>> candidates) {
    long bad =
        candidates.stream()
            .filter(
                words -> !words.isEmpty() && NO_LAST_WORDS.contains(words.get(words.size() - 1)))
            .count();
    return (double) bad / candidates.size();
  }

  private OptionalDouble verbatim(List<List<String>> candidates) {
    if (trainingCaptions == null) {
      return OptionalDouble.empty();
    }
    long found = candidates.stream().filter(trainingCaptions::contains).count();
    return OptionalDouble.of((double) found / candidates.size());
  }
}
