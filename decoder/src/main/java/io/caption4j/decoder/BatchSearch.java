package io.caption4j.decoder;

import java.util.List;

/** Searches a batch of pictures, all of whose hypotheses take each step together. */
final class BatchSearch {
  private final Stepper.Steps steps;
  private final List<? extends PictureSearch> searches;

  private BatchSearch(Stepper.Steps steps, List<? extends PictureSearch> searches) {
    this.steps = steps;
    this.searches = searches;
  }

  /**
   * Searches.
   *
   * @param steps a state whose rows are the pictures, with room for all their hypotheses
   * @param searches one a picture, in the order of the rows
   * @param maxLength most words of a caption
   * @return for each picture its best hypotheses, best first
   */
  static List<List<Hypothesis>> run(
      Stepper.Steps steps, List<? extends PictureSearch> searches, int maxLength) {
    BatchSearch batch = new BatchSearch(steps, searches);
    for (int length = 0; length < maxLength; length++) {
      if (!batch.step()) {
        break;
      }
    }
    return searches.stream().map(PictureSearch::best).toList();
  }

  /** Takes one step with all pictures; false if there was none left to take. */
  private boolean step() {
    int rows = searches.stream().mapToInt(search -> search.live().size()).sum();
    if (rows == 0) {
      return false;
    }
    int[] words = new int[rows];
    int[] parents = new int[rows];
    int row = 0;
    for (PictureSearch search : searches) {
      for (Hypothesis h : search.live()) {
        words[row] = h.word();
        parents[row++] = h.row();
      }
    }
    float[] logProbabilities = steps.next(words, parents, rows); // (rows, V)
    row = 0;
    for (PictureSearch search : searches) {
      int taken = search.live().size();
      if (taken > 0) {
        search.extend(logProbabilities, row);
        row += taken;
      }
    }
    return true;
  }
}
