package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNetWordsTest {
  private final ImageNetWords words = ImageNetWords.bundled();

  @Test
  void theTableHasImageNetsClassesInTheirOrder() throws IOException {
    List<String> names = lines("imagenet-classes.txt");
    List<String> table = lines("imagenet-words.tsv");
    assertThat(names).hasSize(1000);
    assertThat(table).hasSize(1000);
    for (int i = 0; i < table.size(); i++) {
      String[] cells = table.get(i).split("\t", -1);
      assertThat(cells).hasSize(4);
      assertThat(cells[0]).isEqualTo(String.valueOf(i));
      assertThat(cells[1]).isEqualTo(names.get(i).split(",")[0]);
    }
  }

  @Test
  void wordsArePlainAndTheirKindsKnown() {
    Set<String> known = new HashSet<>(Detectors.bundledClasses().names());
    known.addAll(Set.of("animal", "vehicle"));
    assertThat(words.words()).hasSizeGreaterThan(400);
    for (String word : words.words()) {
      assertThat(word).matches("[a-z]+( [a-z]+)*");
      assertThat(known).containsAll(words.kinds(word));
      assertThat(words.kinds(word)).doesNotContain(word);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "294, bear",
    "296, polar bear",
    "151, dog",
    "268, dog",
    "281, cat",
    "404, airplane",
    "895, airplane",
    "752, tennis racket",
    "795, skis",
    "829, train",
    "999, toilet paper"
  })
  void turnsClassesIntoWords(int index, String word) {
    assertThat(words.word(index)).isEqualTo(word);
  }

  @Test
  void leavesOutWhatSaysNothingOfUse() {
    assertThat(words.word(806)).isEqualTo("socks");
    assertThat(words.word(592)).isNull(); // hard disc
  }

  @Test
  void addsUpTheClassesOfAWord() {
    float[] probabilities = new float[1000];
    probabilities[151] = 0.3f;
    probabilities[268] = 0.3f;
    probabilities[294] = 0.25f;
    probabilities[592] = 0.15f;
    assertThat(words.of(probabilities, 0.1)).containsOnlyKeys("dog", "bear");
    assertThat(words.of(probabilities, 0.5)).containsOnlyKeys("dog");
    assertThat(words.of(probabilities, 0.1).get("dog")).isCloseTo(0.6, within(1e-6));
    assertThat(words.of(probabilities, 0.1).keySet()).first().isEqualTo("dog");
    assertThatThrownBy(() -> words.of(new float[3], 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0;tench;fish;animal | expected 1000 lines, found 1",
        "1;tench;fish;animal | line 1: expected 0",
        "0;tench;fish | line 1: expected 0",
        "0;tench;fish;animal/1;goldfish;fish;- | fish is a kind of [] here and of [animal] before",
      })
  void refusesAnotherTable(String table, String message) {
    assertThatThrownBy(() -> ImageNetWords.parse(table.replace(';', '\t').replace('/', '\n')))
        .hasMessageContaining(message);
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = ImageNetWords.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
