package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Beam search over a batch of pictures, all of whose hypotheses take each step together.
 *
 * <p>A picture keeps the {@code beam} likeliest hypotheses, ended and unended ones together, by
 * summed log-probability; equal ones in the order of their parents, then of the ids. Every
 * hypothesis that ended among them stays a candidate; the search of a picture stops when none of
 * its hypotheses could still come to be among the {@code top} best.
 */
final class BeamSearch {
  private final Stepper.Steps steps;
  private final int vocabularySize;
  private final Search search;
  private final List<Beam> beams = new ArrayList<>();

  private BeamSearch(Stepper.Steps steps, int pictures, int vocabularySize, Search search) {
    this.steps = steps;
    this.vocabularySize = vocabularySize;
    this.search = search;
    for (int p = 0; p < pictures; p++) {
      beams.add(new Beam(search, p));
    }
  }

  /**
   * Searches.
   *
   * @param steps a state whose rows are the pictures, with room for beam x pictures
   * @param pictures number of pictures
   * @param vocabularySize number of ids, V
   * @param search what to look for
   * @return for each picture its best hypotheses, best first, at most {@code search.top()}
   */
  static List<List<Hypothesis>> run(
      Stepper.Steps steps, int pictures, int vocabularySize, Search search) {
    BeamSearch batch = new BeamSearch(steps, pictures, vocabularySize, search);
    for (int length = 0; length < search.maxLength(); length++) {
      if (!batch.step()) {
        break;
      }
    }
    return batch.beams.stream().map(Beam::best).toList();
  }

  /** Takes one step with all pictures; false if there was none left to take. */
  private boolean step() {
    int rows = beams.stream().mapToInt(beam -> beam.live().size()).sum();
    if (rows == 0) {
      return false;
    }
    int[] words = new int[rows];
    int[] parents = new int[rows];
    int row = 0;
    for (Beam beam : beams) {
      for (Hypothesis h : beam.live()) {
        words[row] = h.word();
        parents[row++] = h.row();
      }
    }
    float[] logProbabilities = steps.next(words, parents, rows); // (rows, V)
    row = 0;
    for (Beam beam : beams) {
      int taken = beam.live().size();
      if (taken > 0) {
        extend(beam, logProbabilities, row);
        row += taken;
      }
    }
    return true;
  }

  private void extend(Beam beam, float[] logProbabilities, int firstRow) {
    int row = firstRow;
    for (Hypothesis h : beam.live()) {
      int offset = row * vocabularySize;
      beam.offer(h, row, Vocabulary.END, logProbabilities[offset + Vocabulary.END]);
      // The ids up to UNK are the special ones, of which only END is ever produced.
      for (int word = Vocabulary.UNK + 1; word < vocabularySize; word++) {
        beam.offer(h, row, word, logProbabilities[offset + word]);
      }
      row++;
    }
    beam.advance();
  }
}
