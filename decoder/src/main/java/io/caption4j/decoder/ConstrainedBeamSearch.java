package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Beam search for captions of one picture that hold certain words (Anderson et al. 2017, "Guided
 * Open Vocabulary Image Captioning with Constrained Beam Search"): a beam for each state of the
 * automaton that reads the words, so that a beginning which has said what is required competes with
 * its likes alone. A caption may end only in the state that accepts.
 */
final class ConstrainedBeamSearch implements PictureSearch {
  private final Search search;
  private final int vocabularySize;
  private final RequiredWordsAutomaton automaton;
  private final List<Beam> beams = new ArrayList<>(); // by state
  private List<Hypothesis> live;

  /**
   * Begins.
   *
   * @param search what to look for
   * @param automaton of what is required
   * @param vocabularySize number of ids, V
   * @param row the picture's row in the decoder's first state
   */
  ConstrainedBeamSearch(
      Search search, RequiredWordsAutomaton automaton, int vocabularySize, int row) {
    this.search = search;
    this.automaton = automaton;
    this.vocabularySize = vocabularySize;
    beams.add(new Beam(search, search.beam(), List.of(Hypothesis.empty(row))));
    for (int state = 1; state < automaton.states(); state++) {
      beams.add(new Beam(search, search.beam(), List.of()));
    }
    live = beams.get(0).live();
  }

  @Override
  public List<Hypothesis> live() {
    return live;
  }

  @Override
  public void extend(float[] logProbabilities, int firstRow) {
    int row = firstRow;
    for (int state = 0; state < beams.size(); state++) {
      for (Hypothesis h : beams.get(state).live()) {
        if (search.blockTrigrams()) {
          h.blockTrigrams(logProbabilities, row * vocabularySize);
        }
        offerAll(state, h, row, logProbabilities);
        row++;
      }
    }
    beams.forEach(Beam::advance);
    List<Hypothesis> next = beams.stream().flatMap(beam -> beam.live().stream()).toList();
    live = accepting().decided(next) ? List.of() : next;
  }

  private void offerAll(int state, Hypothesis h, int row, float[] logProbabilities) {
    int offset = row * vocabularySize;
    if (state == beams.size() - 1) {
      accepting().offer(h, row, Vocabulary.END, logProbabilities[offset + Vocabulary.END], 0);
    }
    Beam others = beams.get(automaton.other(state));
    int word = Vocabulary.FIRST_WORD;
    int[] keys = automaton.keys();
    for (int k = 0; k < keys.length; k++) {
      for (; word < keys[k]; word++) {
        others.offer(h, row, word, logProbabilities[offset + word], 0);
      }
      beams.get(automaton.next(state, k)).offer(h, row, word, logProbabilities[offset + word], 0);
      word++;
    }
    for (; word < vocabularySize; word++) {
      others.offer(h, row, word, logProbabilities[offset + word], 0);
    }
  }

  private Beam accepting() {
    return beams.get(beams.size() - 1);
  }

  @Override
  public List<Hypothesis> best() {
    return accepting().best();
  }
}
