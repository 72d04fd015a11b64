package io.caption4j.evaluate;

import io.caption4j.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * METEOR 1.5 (Denkowski and Lavie, "Meteor Universal: Language Specific Translation Evaluation for
 * Any Target Language", 2014) for English, by its authors' program, as coco-caption runs it. The
 * user brings the program: meteor-1.5.jar with the folder {@code data} beside it, as the Python
 * package pycocoevalcap or METEOR's own archive holds them.
 *
 * <p>Immutable; each call of {@link #score} runs the program once, in a process of its own that
 * takes up to 2 GB of memory.
 */
public final class Meteor {
  private static final String SCORER = "edu/cmu/meteor/scorer/MeteorScorer.class";
  private static final String PARAPHRASES = "data/paraphrase-en.gz";
  private static final String WANTED =
      "expected meteor-1.5.jar with " + PARAPHRASES + " beside it, as pycocoevalcap holds them";

  private final Path jar;

  private Meteor(Path jar) {
    this.jar = jar;
  }

  /**
   * By a jar, which is looked at but not run yet.
   *
   * @throws DataException if there is none, it is not METEOR's, or its data is not beside it
   */
  public static Meteor of(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new DataException("There is no METEOR jar " + jar + "; " + WANTED + ".");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getEntry(SCORER) == null) {
        throw new DataException(jar + " is not METEOR's jar; " + WANTED + ".");
      }
    } catch (IOException e) {
      throw new DataException("Cannot read " + jar + " as a jar; " + WANTED + ".", e);
    }
    Path data = jar.toAbsolutePath().resolveSibling(PARAPHRASES);
    if (!Files.isRegularFile(data)) {
      throw new DataException("METEOR's data is not at " + data + "; " + WANTED + ".");
    }
    return new Meteor(jar);
  }

  /**
   * Scores candidates, each score in [0, 1].
   *
   * @param references tokens, (image, reference, token); at least one reference an image
   * @param candidates tokens of one candidate an image, in the order of the references; may be
   *     empty
   * @throws DataException if the program fails
   */
  public CorpusScore score(List<List<List<String>>> references, List<List<String>> candidates) {
    if (references.size() != candidates.size() || candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected one candidate for each of %d images, found %d."
              .formatted(references.size(), candidates.size()));
    }
    try (MeteorProcess process = MeteorProcess.start(jar)) {
      // What the program counts for each image; together they make the score of the set.
      List<String> statistics = new ArrayList<>(candidates.size());
      for (int i = 0; i < candidates.size(); i++) {
        statistics.add(process.answer(question(references.get(i), candidates.get(i))));
      }
      process.send("EVAL ||| " + String.join(" ||| ", statistics));
      double[] images = new double[candidates.size()]; // (image)
      for (int i = 0; i < images.length; i++) {
        images[i] = process.number();
      }
      return CorpusScore.of(process.number(), images);
    }
  }

  private static String question(List<List<String>> references, List<String> candidate) {
    List<String> parts = new ArrayList<>();
    parts.add("SCORE");
    references.forEach(reference -> parts.add(line(reference)));
    parts.add(line(candidate));
    return String.join(" ||| ", parts);
  }

  /** Tokens in one line without the protocol's separator. */
  private static String line(List<String> tokens) {
    return String.join(" ", tokens).replace("|||", "").replaceAll("\\s+", " ");
  }
}
