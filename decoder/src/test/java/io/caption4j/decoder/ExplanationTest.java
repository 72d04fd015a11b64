package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.Explanation.WordAttention;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  private final Vocabulary vocabulary = SmallModels.vocabulary(9);

  /** Looks at position (word just read) modulo 4, and at the sentinel with a quarter. */
  private final class Looker implements Stepper {
    @Override
    public int vocabularySize() {
      return vocabulary.size();
    }

    @Override
    public int featureSize() {
      return 2;
    }

    @Override
    public Steps start(float[] features, int pictures, int capacity) {
      float[] weights = new float[capacity * 5];
      return new Steps() {
        @Override
        public float[] next(int[] words, int[] parents, int rows) {
          Arrays.fill(weights, 0);
          for (int r = 0; r < rows; r++) {
            weights[r * 5 + words[r] % 4] = 0.75f;
            weights[r * 5 + 4] = 0.25f;
          }
          float[] logs = new float[rows * vocabularySize()];
          Arrays.fill(logs, (float) -Math.log(vocabularySize()));
          return logs;
        }

        @Override
        public float[] attention() {
          return weights;
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };
    }
  }

  private final CaptionSearcher looker = new CaptionSearcher(new Looker(), vocabulary);

  @Test
  void tellsOfEachWordWhereTheStepBeforeItLooked() {
    Caption caption = new Caption(List.of("w00006", "w00007", "unheard", "w00004"), -1);
    Explanation found = looker.explain(new float[2], caption);
    looker.requireAttention();

    assertThat(found.caption()).isEqualTo(caption);
    assertThat(found.words().stream().map(WordAttention::word)).isEqualTo(caption.words());
    int[] read = {Vocabulary.START, 6, 7, Vocabulary.UNK};
    for (int i = 0; i < read.length; i++) {
      float[] expected = new float[4];
      expected[read[i] % 4] = 0.75f;
      assertThat(found.words().get(i).weights()).containsExactly(expected);
      assertThat(found.words().get(i).sentinel()).isCloseTo(0.25, within(1e-9));
      assertThat(found.words().get(i).side()).isEqualTo(2);
    }
  }

  @Test
  void aDecoderWithoutAttentionCannotTell() {
    CaptionSearcher searcher = new CaptionSearcher(SmallModels.model(SmallModels.settings(9), 3));
    Caption caption = new Caption(List.of("w00006"), -1);
    assertThatThrownBy(() -> searcher.explain(new float[6], caption))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("show-tell")
        .hasMessageContaining("--decoder attention");
    assertThatThrownBy(searcher::requireAttention)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("--decoder attention");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> looker.explain(new float[3], new Caption(List.of(), -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(1, 2)")
        .hasMessageContaining("3 values");
    assertThatThrownBy(() -> new WordAttention("a", new float[5], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5");
    assertThatThrownBy(() -> new Explanation(new Caption(List.of("a"), -1), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 words");
  }

  @Test
  void aCaptionHasAsManyProbabilitiesAsWordsOrOneMore() {
    assertThat(new Caption(List.of("a"), -1).wordLogProbabilities()).isEmpty();
    assertThat(new Caption(List.of("a"), -1, List.of(-0.5, -0.5)).text()).isEqualTo("a");
    assertThatThrownBy(() -> new Caption(List.of("a"), -1, List.of(-0.5, -0.2, -0.3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 words")
        .hasMessageContaining("found 3");
  }
}
