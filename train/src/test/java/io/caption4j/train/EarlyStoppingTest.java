package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
  private record Epoch(int number, double figure) {}

  private static List<Epoch> history(double... figures) {
    return IntStream.range(0, figures.length).mapToObj(i -> new Epoch(i + 1, figures[i])).toList();
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

  private record Measured(double figure, double loss) {}

  @ParameterizedTest
  @CsvSource({
    "0 0 0 0, 4 3 2 1, 3, true, false", // a metric that never tells: the loss falls
    "0 0 0 0 0, 4 1 2 3 4, 1, true, true", // the loss rises
    ".1 .3 .3 .2, 4 3 2 1, 1, false, true", // it told once, and nothing better came
    ".2 .2 .2 .1, 3 2 4 1, 1, false, true", // what was chosen stays
    "0 0 .1 .1, 4 3 2 1, 2, false, false",
    ".1 .4 .3 .2, 1 4 3 2, 1, false, true", // a metric that tells
    "NaN NaN NaN NaN, 4 3 2 1, 3, true, false",
    "NaN .1 NaN NaN, 4 5 3 1, 1, false, true",
    ".1 .1 .1, NaN 2 NaN, 1, true, false",
    "-0.0 0.0 0.0, 3 2 1, 2, true, false",
  })
  void lossDecidesWhereTheFigureCannot(
      String figures, String losses, int best, boolean tied, boolean over) {
    String[] f = figures.split(" ");
    String[] l = losses.split(" ");
    List<Measured> history =
        IntStream.range(0, f.length)
            .mapToObj(i -> new Measured(Double.parseDouble(f[i]), Double.parseDouble(l[i])))
            .toList();
    EarlyStopping<Measured> stopping = new EarlyStopping<>(2, Measured::figure, Measured::loss);
    assertThat(history.indexOf(stopping.best(history))).isEqualTo(best);
    assertThat(stopping.tied(history)).isEqualTo(tied);
    assertThat(stopping.over(history)).isEqualTo(over);
  }

  @Test
  void nothingIsOverBeforeItBegan() {
    assertThat(new EarlyStopping<>(1, Epoch::figure).over(List.of())).isFalse();
  }
}
