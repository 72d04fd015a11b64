package io.caption4j.evaluate;

import io.caption4j.data.CaptionTokenizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Scores candidates against references with all metrics. References are prepared once, so that
 * evaluating after each epoch costs little; immutable and safe to share between threads.
 *
 * <p>A token may have blanks in it, as {@link CaptionTokenizer#units} gives "2 1/2": like
 * coco-caption, ROUGE-L takes it for one word, all else for several.
 */
public final class Evaluator {
  /** Words that end no whole sentence. */
  private static final Set<String> NO_LAST_WORDS =
      Set.of("a", "an", "the", "of", "in", "on", "with", "and");

  private final EncodedReferences references; // of words
  private final EncodedReferences units; // of what coco-caption's ROUGE-L takes for a word
  private final Bleu bleu;
  private final RougeL rougeL;
  private final CiderD ciderD;
  private final Set<List<String>> trainingCaptions; // null: not known

  private Evaluator(List<List<List<String>>> references, Set<List<String>> trainingCaptions) {
    List<List<List<String>>> words =
        references.stream()
            .map(image -> image.stream().map(CaptionTokenizer::split).toList())
            .toList();
    this.references = EncodedReferences.of(words);
    this.units = words.equals(references) ? this.references : EncodedReferences.of(references);
    this.bleu = new Bleu(this.references);
    this.rougeL = new RougeL(this.units);
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
    return new Evaluator(
        references,
        trainingCaptions.stream().map(CaptionTokenizer::split).collect(Collectors.toSet()));
  }

  /**
   * Scores one candidate an image.
   *
   * @param candidates tokens, (image, token), in the order of the references; a candidate may be
   *     empty, and then matches nothing
   * @throws IllegalArgumentException if their number is not that of the images
   */
  public Scores evaluate(List<List<String>> candidates) {
    CorpusScore rouge = rougeL.score(units.encode(candidates));
    return evaluateWords(candidates.stream().map(CaptionTokenizer::split).toList(), rouge);
  }

  private Scores evaluateWords(List<List<String>> candidates, CorpusScore rouge) {
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
        rouge.corpus(),
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
