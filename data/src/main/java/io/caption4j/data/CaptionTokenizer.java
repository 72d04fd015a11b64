package io.caption4j.data;

import edu.stanford.nlp.ling.Word;
import edu.stanford.nlp.process.PTBTokenizer;
import edu.stanford.nlp.process.Tokenizer;
import edu.stanford.nlp.process.TokenizerFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Turns a caption into tokens as coco-caption does: CoreNLP's PTBTokenizer, lower case, and the
 * punctuation of {@code ptbtokenizer.py} dropped. Training and evaluation use this one class. Safe
 * to share between threads.
 *
 * <p>With {@code ptb3Escaping=true} CoreNLP 4 agrees with coco-caption's CoreNLP 3.4.1 on all but
 * one of Flickr8k's 40,455 captions; with its default options it differs on 1,000.
 */
public final class CaptionTokenizer {
  /** What a model file records. */
  public static final String NAME =
      "corenlp-4.5.10 PTBTokenizer ptb3Escaping lowercase coco-filter";

  /** noneDelete: characters that are no token are dropped, as in coco-caption, but silently. */
  private static final String OPTIONS = "ptb3Escaping=true,untokenizable=noneDelete";

  /**
   * coco-caption's list to the letter. Its brackets never match, since the tokens are lower case by
   * then: {@code -lrb-} stays. Scores can only be compared if that quirk is kept.
   */
  private static final Set<String> PUNCTUATION =
      Set.of(
          "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-",
          "--", "...", ";");

  private static final String NO_BREAK_SPACE = "\u00a0";

  private final TokenizerFactory<Word> factory =
      PTBTokenizer.PTBTokenizerFactory.newWordTokenizerFactory(OPTIONS);

  /**
   * The tokens of a caption.
   *
   * @param caption any text; line breaks count as blanks
   * @return lower-case tokens without punctuation; empty if nothing is left
   */
  public List<String> tokenize(String caption) {
    String line = caption.replace('\n', ' ').replace('\r', ' ');
    Tokenizer<Word> words = factory.getTokenizer(new StringReader(line));
    List<String> tokens = new ArrayList<>();
    while (words.hasNext()) {
      String word = words.next().word().toLowerCase(Locale.ROOT);
      // CoreNLP keeps "1 1/2" together by a no-break space, at which coco-caption's metrics split.
      for (String token : word.split(NO_BREAK_SPACE)) {
        if (!token.isEmpty() && !PUNCTUATION.contains(token)) {
          tokens.add(token);
        }
      }
    }
    return List.copyOf(tokens);
  }
}
