package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {
  private final Confusion confusion =
      new Confusion(
          List.of("cat", "dog, wet", "cow"), new int[][] {{3, 1, 0}, {2, 0, 4}, {0, 0, 0}});

  @Test
  void countsWhatIsRight() {
    assertThat(confusion.total()).isEqualTo(10);
    assertThat(confusion.right()).isEqualTo(3);
    assertThat(confusion.accuracy()).isEqualTo(0.3);
    assertThat(confusion.accuracy(0)).isEqualTo(0.75);
    assertThat(confusion.accuracy(2)).isNaN();
  }

  @Test
  void tellsWhatWasTakenForWhat() {
    assertThat(confusion.toText().lines())
        .containsExactly(
            "accuracy 30.00 % (3 of 10)",
            "cat       75.00 % (3 of 4)  taken for: 1 dog, wet",
            "dog, wet   0.00 % (0 of 6)  taken for: 4 cow, 2 cat",
            "cow           - (no pictures)");
    assertThat(confusion.toCsv().lines())
        .containsExactly(
            "true\\predicted,cat,\"dog, wet\",cow", "cat,3,1,0", "\"dog, wet\",2,0,4", "cow,0,0,0");
  }

  @Test
  void mustBeSquare() {
    assertThatThrownBy(() -> new Confusion(List.of("a", "b"), new int[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
