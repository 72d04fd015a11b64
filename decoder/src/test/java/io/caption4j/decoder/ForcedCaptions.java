package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;

/** Captions read to the decoder word by word, for the probabilities that it gives them. */
final class ForcedCaptions {
  private ForcedCaptions() {}

  /** Natural log-probabilities of words, and of END if wanted, for one picture's features. */
  static List<Double> steps(
      Stepper stepper, Vocabulary vocabulary, float[] features, List<String> words, boolean end) {
    List<Double> found = new ArrayList<>();
    try (Stepper.Steps steps = stepper.start(features, 1, 1)) {
      int last = Vocabulary.START;
      for (int i = 0; i < words.size() + (end ? 1 : 0); i++) {
        int target = i < words.size() ? vocabulary.id(words.get(i)) : Vocabulary.END;
        found.add((double) steps.next(new int[] {last}, new int[] {0}, 1)[target]);
        last = target;
      }
    }
    return found;
  }

  /** A found caption's log-probabilities are the decoder's, word by word and together. */
  static void assertModelsOwn(
      Stepper stepper, Vocabulary vocabulary, float[] features, Caption caption, int maxLength) {
    boolean end = caption.words().size() < maxLength;
    List<Double> expected = steps(stepper, vocabulary, features, caption.words(), end);
    assertThat(caption.wordLogProbabilities()).hasSameSizeAs(expected);
    double total = 0;
    for (int i = 0; i < expected.size(); i++) {
      assertThat(caption.wordLogProbabilities().get(i)).isCloseTo(expected.get(i), within(1e-4));
      total += caption.wordLogProbabilities().get(i);
    }
    assertThat(caption.logProbability()).isCloseTo(total, within(1e-9));
  }
}
