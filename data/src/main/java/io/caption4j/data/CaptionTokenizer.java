package io.caption4j.data;

import edu.stanford.nlp.ling.Word;
import edu.stanford.nlp.process.PTBTokenizer;
import edu.stanford.nlp.process.WordTokenFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns a caption into tokens as coco-caption does: CoreNLP 3.4.1's PTBTokenizer, lower case, and
 * the punctuation of {@code ptbtokenizer.py} dropped. Training and evaluation use this one class.
 * Safe to share between threads.
 *
 * <p>The version matters: newer ones cut emoji, currencies, smileys and much else differently.
 */
public final class CaptionTokenizer {
  /**
   * What a model file records. Models that name {@code corenlp-4.5.10} have the same tokens but in
   * rare captions, and are used in the same way.
   */
  public static final String NAME = "corenlp-3.4.1 PTBTokenizer lowercase coco-filter";

  /** noneDelete: characters that are no token are dropped, as in coco-caption, but silently. */
  private static final String OPTIONS = "untokenizable=noneDelete";

  private static final String LINES = OPTIONS + ",tokenizeNLs=true";
  private static final String NEW_LINE = PTBTokenizer.getNewlineToken().toLowerCase(Locale.ROOT);

  /**
   * coco-caption's list to the letter. Its brackets never match, since the tokens are lower case by
   * then: {@code -lrb-} stays. Scores can only be compared if that quirk is kept.
   */
  private static final Set<String> PUNCTUATION =
      Set.of(
          "''", "'", "``", "`", "-LRB-", "-RRB-", "-LCB-", "-RCB-", ".", "?", "!", ",", ":", "-",
          "--", "...", ";");

  /** What PTBTokenizer takes for the end of a line. */
  private static final Pattern LINE_END = Pattern.compile("[\n\u000b\f\r\u0085\u2028\u2029]");

  /** What Python's {@code split()} splits at. */
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\u0085\u001c-\u001f]+");

  /**
   * The words of a caption.
   *
   * @param caption any text; line breaks count as blanks
   * @return lower-case tokens without punctuation and without a blank in them; empty if nothing is
   *     left
   */
  public List<String> tokenize(String caption) {
    return split(units(caption));
  }

  /**
   * The tokens of a caption as coco-caption's tokenizer prints them: a number and its fraction,
   * {@code 2 1/2}, are one, with a no-break space in it. coco-caption's ROUGE-L takes it for one
   * word, its BLEU and CIDEr for two.
   *
   * @param caption any text; line breaks count as blanks
   */
  public List<String> units(String caption) {
    return lines(line(caption), OPTIONS).get(0);
  }

  /**
   * The same of many captions, read as one text with a caption a line, as coco-caption does. Now
   * and then a caption's last full stop depends on how the next one begins.
   *
   * @return one list a caption, in their order
   */
  public List<List<String>> units(List<String> captions) {
    StringBuilder text = new StringBuilder();
    captions.forEach(caption -> text.append(line(caption)));
    List<List<String>> lines = lines(text.toString(), LINES);
    if (lines.size() != captions.size() + 1) { // a caption has CoreNLP's sign for a line end in it
      return captions.stream().map(this::units).toList();
    }
    return lines.subList(0, captions.size());
  }

  /** The line end belongs to it: rules look at what comes after a clitic or an abbreviation. */
  private static String line(String caption) {
    return LINE_END.matcher(caption).replaceAll(" ") + "\n";
  }

  private static List<List<String>> lines(String text, String options) {
    PTBTokenizer<Word> words =
        new PTBTokenizer<>(new StringReader(text), new WordTokenFactory(), options);
    List<List<String>> lines = new ArrayList<>();
    List<String> units = new ArrayList<>();
    while (words.hasNext()) {
      String word = words.next().word().toLowerCase(Locale.ROOT);
      if (options.equals(LINES) && word.equals(NEW_LINE)) {
        lines.add(List.copyOf(units));
        units.clear();
      } else if (!word.isEmpty() && !PUNCTUATION.contains(word)) {
        units.add(word);
      }
    }
    lines.add(List.copyOf(units));
    return lines;
  }

  /** Tokens split at the blanks in them; the same list if there are none. */
  public static List<String> split(List<String> units) {
    if (units.stream().noneMatch(unit -> BLANKS.matcher(unit).find())) {
      return units;
    }
    return units.stream().flatMap(BLANKS::splitAsStream).filter(word -> !word.isEmpty()).toList();
  }
}
