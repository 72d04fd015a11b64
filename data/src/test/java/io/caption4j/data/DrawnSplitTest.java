package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawnSplitTest {
  private static List<String> names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> String.format(Locale.ROOT, "p%05d.jpg", i))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0",
    "2, 2, 0, 0",
    "3, 1, 1, 1",
    "10, 6, 3, 1",
    "11, 7, 3, 1",
    "30, 17, 10, 3",
    "60, 34, 20, 6",
    "100, 70, 20, 10",
    "200, 160, 20, 20",
    "1000, 800, 100, 100",
  })
  void smallSetsHoldMoreOutForValidation(int pictures, int train, int val, int test) {
    DrawnSplit split = new DrawnSplit(names(pictures), 1);
    assertThat(count(split, pictures, Split.TRAIN)).isEqualTo(train);
    assertThat(count(split, pictures, Split.VAL)).isEqualTo(val);
    assertThat(count(split, pictures, Split.TEST)).isEqualTo(test);
    assertThat(split.note(Path.of("x.csv")))
        .contains(
            "%d picture%s train, %d val, %d test"
                .formatted(train, train == 1 ? "" : "s", val, test));
  }

  /** What was drawn of a large set stays: scores of earlier runs can be compared. */
  @Test
  void aSeedKeepsTheSplitOfALargeSet() {
    List<String> drawn = new ArrayList<>(names(500));
    Collections.shuffle(drawn, new Random(7));
    DrawnSplit split = new DrawnSplit(names(500), 7);
    for (int i = 0; i < 500; i++) {
      Split expected = i < 400 ? Split.TRAIN : i < 450 ? Split.VAL : Split.TEST;
      assertThat(split.of(drawn.get(i))).isEqualTo(expected);
    }
  }

  private static long count(DrawnSplit split, int pictures, Split which) {
    return names(pictures).stream().filter(name -> split.of(name) == which).count();
  }
}
