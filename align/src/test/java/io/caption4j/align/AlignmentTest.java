package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.align.Alignment.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {
  private static final Box WHOLE = new Box(0, 0, 90, 60);
  private static final Box LEFT = new Box(0, 0, 45, 60);
  private static final Box RIGHT = new Box(45, 0, 45, 60);

  /** Each box has an axis of its own, so that a word's vector is its products. */
  private static final RegionVectors REGIONS =
      new RegionVectors(List.of(WHOLE, LEFT, RIGHT), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

  private static final List<String> TOKENS = List.of("a", "dog", "and", "a", "cat");

  private static final float[] VECTORS = {
    0, 1, 0.5f, // a
    0, 4, 1, // dog
    0.5f, 0.25f, 0.25f, // and
    0, 1, 0.75f, // a
    1, 0, 3, // cat
  };

  @Test
  void eachWordHasItsBoxAndItsProduct() {
    Alignment alignment = Alignment.of(REGIONS, TOKENS, VECTORS, 0);
    assertThat(alignment.words())
        .containsExactly(
            new Word("a", 1, 1),
            new Word("dog", 1, 4),
            new Word("and", 0, 0.5),
            new Word("a", 1, 1),
            new Word("cat", 2, 3));
    assertThat(alignment.box(alignment.words().get(4))).isEqualTo(RIGHT);
    assertThat(alignment.total()).isCloseTo(9.5, within(1e-6));
  }

  @Test
  void neighboursFormSnippets() {
    Alignment alignment = Alignment.of(REGIONS, TOKENS, VECTORS, 0.5);
    assertThat(alignment.snippets())
        .containsExactly(
            new Snippet(0, 4, LEFT, (1 + 4 + 0.25 + 1) / 4), new Snippet(4, 5, RIGHT, 3));
    assertThat(alignment.text(alignment.snippets().get(0))).isEqualTo("a dog and a");
    assertThat(alignment.snippets().get(0).length()).isEqualTo(4);
    // The score of the sentence does not depend on beta.
    assertThat(alignment.total()).isCloseTo(9.5, within(1e-6));
  }

  @Test
  void aLargeBetaMakesOneSnippet() {
    Alignment alignment = Alignment.of(REGIONS, TOKENS, VECTORS, 1000);
    assertThat(alignment.snippets()).singleElement().extracting(Snippet::box).isEqualTo(LEFT);
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(() -> Alignment.of(REGIONS, List.of("a"), VECTORS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a vector for each of 1 words, found 5.");
    assertThatThrownBy(() -> new Alignment(List.of(WHOLE), List.of(new Word("a", 1, 0)), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 0, found 1");
    assertThatThrownBy(() -> Alignment.of(REGIONS, List.of(), new float[0], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a word or more");
    assertThatThrownBy(() -> new Snippet(2, 2, WHOLE, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
