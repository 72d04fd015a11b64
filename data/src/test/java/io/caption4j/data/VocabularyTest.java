package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  private static final List<List<String>> CAPTIONS =
      List.of(
          List.of("a", "dog", "runs"),
          List.of("a", "cat", "runs"),
          List.of("a", "dog", "<end>", "cat", "once"));

  @Test
  void wordsAreInOrderOfCountThenAlphabet() {
    Vocabulary vocabulary = Vocabulary.build(CAPTIONS, 2);
    assertThat(vocabulary.lines())
        .containsExactly(
            "<pad> 0", "<start> 3", "<end> 3", "<unk> 2", "a 3", "cat 2", "dog 2", "runs 2");
    assertThat(vocabulary.size()).isEqualTo(8);
    assertThat(vocabulary.words()).isEqualTo(4);
    assertThat(vocabulary.word(5)).isEqualTo("cat");
    assertThat(vocabulary.count(Vocabulary.UNK)).isEqualTo(2);
    assertThat(vocabulary.encode(List.of("a", "dog", "once"))).containsExactly(4, 6, 3);
  }

  @Test
  void aWordSpeltLikeASpecialTokenIsAnotherWord() {
    Vocabulary vocabulary = Vocabulary.build(CAPTIONS, 1);
    int id = vocabulary.id("<end>");
    assertThat(id).isNotEqualTo(Vocabulary.END).isNotEqualTo(Vocabulary.UNK);
    assertThat(vocabulary.word(id)).isEqualTo("<end>");
    assertThat(vocabulary.id("<start>")).isEqualTo(Vocabulary.UNK);
    assertThat(Vocabulary.parse(vocabulary.lines(), "v").id("<end>")).isEqualTo(id);
  }

  @Test
  void linesAreReadBack() {
    Vocabulary vocabulary = Vocabulary.build(CAPTIONS, 1);
    assertThat(Vocabulary.parse(vocabulary.lines(), "v")).isEqualTo(vocabulary);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|dog|vocabulary.txt line 5: expected 'word count', found 'dog'.",
        "5|dog x|vocabulary.txt line 5: expected 'word count', found 'dog x'.",
        "5|dog -1|vocabulary.txt line 5: expected 'word count', found 'dog -1'.",
        "6|a 1|vocabulary.txt line 6: the word 'a' stands in line 5 already.",
        "1|<unk> 0|vocabulary.txt line 1: expected '<pad> count', found '<unk> 0'.",
      })
  void errorsNameFileAndLine(int number, String line, String message) {
    List<String> lines = new ArrayList<>(Vocabulary.build(CAPTIONS, 2).lines());
    lines.set(number - 1, line);
    assertThatThrownBy(() -> Vocabulary.parse(lines, "vocabulary.txt"))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void aVocabularyWithoutWordsIsAnError() {
    assertThatThrownBy(() -> Vocabulary.build(CAPTIONS, 4))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 4 times in the 3 training captions");
    assertThatThrownBy(() -> Vocabulary.parse(List.of(), "v")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> Vocabulary.build(CAPTIONS, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
