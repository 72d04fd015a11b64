package io.caption4j.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What an evaluation found. Scores are fractions, as coco-caption prints them.
 *
 * @param images how many pictures were scored, at least 1
 * @param bleu1 BLEU-1, in [0, 1]
 * @param bleu2 BLEU-2, in [0, 1]
 * @param bleu3 BLEU-3, in [0, 1]
 * @param bleu4 BLEU-4, in [0, 1]
 * @param meteor METEOR 1.5, in [0, 1]; empty if it was not asked for
 * @param rougeL ROUGE-L, in [0, 1]
 * @param ciderD CIDEr-D, in [0, 10]; 0 for a single picture
 * @param distinct how many different captions there are among the candidates
 * @param verbatim the share of candidates, in [0, 1], that stand word for word among the training
 *     captions; empty if those are not known
 * @param badEndings the share of candidates, in [0, 1], that end in an article, a preposition or
 *     "and", as a sentence that was broken off does
 * @param meanLength mean number of tokens of a candidate
 * @param wordsUsed how many different tokens the candidates have together
 */
public record Scores(
    int images,
    double bleu1,
    double bleu2,
    double bleu3,
    double bleu4,
    OptionalDouble meteor,
    double rougeL,
    double ciderD,
    int distinct,
    OptionalDouble verbatim,
    double badEndings,
    double meanLength,
    int wordsUsed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Checks. */
  public Scores {
    Objects.requireNonNull(meteor, "meteor");
    Objects.requireNonNull(verbatim, "verbatim");
    if (images < 1 || distinct < 1 || distinct > images) {
      throw new IllegalArgumentException(
          "Expected at least one image and 1 to images distinct captions, found %d and %d."
              .formatted(images, distinct));
    }
  }

  /** The same with METEOR's score. */
  public Scores withMeteor(double score) {
    return new Scores(
        images,
        bleu1,
        bleu2,
        bleu3,
        bleu4,
        OptionalDouble.of(score),
        rougeL,
        ciderD,
        distinct,
        verbatim,
        badEndings,
        meanLength,
        wordsUsed);
  }

  /**
   * The scores by name, in the order that {@link #toJson} writes; an unknown share is null, METEOR
   * is there only if it was asked for.
   */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("images", images);
    map.put("BLEU-1", bleu1);
    map.put("BLEU-2", bleu2);
    map.put("BLEU-3", bleu3);
    map.put("BLEU-4", bleu4);
    meteor.ifPresent(score -> map.put("METEOR", score));
    map.put("ROUGE-L", rougeL);
    map.put("CIDEr-D", ciderD);
    map.put("distinct", distinct);
    map.put("verbatim", verbatim.isPresent() ? verbatim.getAsDouble() : null);
    map.put("badEndings", badEndings);
    map.put("meanLength", meanLength);
    map.put("wordsUsed", wordsUsed);
    return map;
  }

  /** One line of JSON, as {@code evaluate --json} and {@code score --json} print it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(toMap());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of numbers did not become JSON", e);
    }
  }

  /** A table for people, several lines, the last without a line end. */
  public String toTable() {
    List<String> lines = new ArrayList<>();
    lines.add(line("pictures", "%d", images));
    lines.add(line("BLEU-1", "%.4f", bleu1));
    lines.add(line("BLEU-2", "%.4f", bleu2));
    lines.add(line("BLEU-3", "%.4f", bleu3));
    lines.add(line("BLEU-4", "%.4f", bleu4));
    meteor.ifPresent(score -> lines.add(line("METEOR", "%.4f", score)));
    lines.add(line("ROUGE-L", "%.4f", rougeL));
    lines.add(line("CIDEr-D", "%.4f", ciderD));
    lines.add(line("distinct captions", "%d", distinct));
    if (verbatim.isPresent()) {
      lines.add(line("verbatim in training", "%.1f%%", 100 * verbatim.getAsDouble()));
    }
    lines.add(line("bad endings", "%.1f%%", 100 * badEndings));
    lines.add(line("mean length, words", "%.2f", meanLength));
    lines.add(line("different words used", "%d", wordsUsed));
    return String.join("\n", lines);
  }

  /** What a reader of the numbers should be told, a sentence each; mostly nothing. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (images == 1) {
      notes.add(
          "CIDEr-D is always 0 for a single picture: it weighs words by how few of the scored"
              + " pictures have them. Score many pictures together.");
    } else if (distinct == 1) {
      notes.add("All " + images + " captions are the same sentence.");
    }
    return List.copyOf(notes);
  }

  private static String line(String name, String format, Object value) {
    return String.format(Locale.ROOT, "%-21s%10s", name, String.format(Locale.ROOT, format, value));
  }
}
