package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
  private record Epoch(int number, double figure) {}

  private static List<Epoch> history(double... figures) {
    return java.util.stream.IntStream.range(0, figures.length)
        .mapToObj(i -> new Epoch(i + 1, figures[i]))
        .toList();
  }

  @Test
  void amongEqualOnesTheFirstIsTheBest() {
    assertThat(new EarlyStopping<>(2, Epoch::figure).best(history(.1, .3, .2, .3)).number())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, false", "4, true"})
  void twoWithoutABetterOneEndARun(int epochs, boolean over) {
    List<Epoch> history = history(.1, .3, .2, .3).subList(0, epochs);
    assertThat(new EarlyStopping<>(2, Epoch::figure).over(history)).isEqualTo(over);
    assertThat(new EarlyStopping<>(0, Epoch::figure).over(history)).isFalse();
  }

  @Test
  void nothingIsOverBeforeItBegan() {
    assertThat(new EarlyStopping<>(1, Epoch::figure).over(List.of())).isFalse();
  }
}
