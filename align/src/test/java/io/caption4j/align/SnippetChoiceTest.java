package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.align.Alignment.Word;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnippetChoiceTest {
  private static final Box WHOLE = new Box(0, 0, 90, 60);
  private static final Box LEFT = new Box(0, 0, 45, 60);
  private static final Box RIGHT = new Box(45, 0, 45, 60);

  /** Words as "word region score". */
  private static Alignment alignment(String... words) {
    List<Word> parsed = new ArrayList<>();
    for (String word : words) {
      String[] parts = word.split(" ");
      parsed.add(new Word(parts[0], Integer.parseInt(parts[1]), Double.parseDouble(parts[2])));
    }
    return new Alignment(List.of(WHOLE, LEFT, RIGHT), parsed, 0);
  }

  private static final List<Alignment> CAPTIONS =
      List.of(
          alignment("a 1 1", "dog 1 4", "and 0 9", "a 2 2", "cat 2 5"),
          alignment("the 1 1", "dog 1 3", "plays 0 0.5", "outside 0 1"),
          alignment("animals 0 8", "brown 1 2", "dog 1 4"));

  @Test
  void boxesThatManyCaptionsSpeakOfComeFirst() {
    assertThat(new SnippetChoice(5, 0).of(CAPTIONS))
        .containsExactly(
            new BoxSnippets(LEFT, List.of("a dog", "the dog", "brown dog"), 2.5 + 2 + 3),
            new BoxSnippets(RIGHT, List.of("a cat"), 3.5),
            new BoxSnippets(WHOLE, List.of("plays outside"), 0.75));
  }

  @Test
  void singleWordsAndWeakSnippetsDoNotCount() {
    assertThat(new SnippetChoice(5, 2.1).of(CAPTIONS))
        .containsExactly(
            new BoxSnippets(LEFT, List.of("a dog", "brown dog"), 5.5),
            new BoxSnippets(RIGHT, List.of("a cat"), 3.5));
    assertThat(new SnippetChoice(1, 0).of(CAPTIONS))
        .extracting(BoxSnippets::box)
        .containsExactly(LEFT);
    assertThat(new SnippetChoice(5, 100).of(CAPTIONS)).isEmpty();
    assertThat(new SnippetChoice(5, 0).of(List.of())).isEmpty();
  }

  @Test
  void rangesAreChecked() {
    assertThatThrownBy(() -> new SnippetChoice(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SnippetChoice(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BoxSnippets(WHOLE, List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
