package io.caption4j.decoder;

import java.util.List;

/** The search for one picture's captions, which takes its steps together with other pictures'. */
interface PictureSearch {
  /** The hypotheses that go on, in the order of their rows; empty when the search is over. */
  List<Hypothesis> live();

  /**
   * Makes the next hypotheses.
   *
   * @param logProbabilities of the next words, (rows, V); those of {@link #live} may be changed
   * @param firstRow the row of the first live hypothesis; the others follow
   */
  void extend(float[] logProbabilities, int firstRow);

  /** What was found, best first. */
  List<Hypothesis> best();
}
