package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  @Test
  void ranksOfThreePicturesByHand() {
    float[][] scores = {
      {.9f, .2f, .3f, .8f}, // its own are 0 and 1
      {.1f, .5f, .4f, .6f}, // its own is 2
      {.7f, .6f, .2f, .1f}, // its own is 3
    };
    Retrieval found = Retrieval.of(scores, new int[] {0, 0, 1, 2});
    // Ranks of pictures: 1, 3, 4. Of captions: 1, 3, 1, 3.
    assertThat(found.annotation()).isEqualTo(new Retrieval.Ranks(3, 1 / 3.0, 1, 1, 3));
    assertThat(found.search()).isEqualTo(new Retrieval.Ranks(4, .5, 1, 1, 2));
    assertThat(found.recallSum()).isCloseTo(1 / 3.0 + .5 + 4, within(1e-12));
  }

  @Test
  void ranksAreThoseOfSorting() {
    Random random = new Random(4);
    int pictures = 60;
    int[] pictureOf = IntStream.range(0, 5 * pictures).map(n -> n / 5).toArray();
    float[][] scores = new float[pictures][pictureOf.length];
    for (float[] row : scores) {
      for (int n = 0; n < row.length; n++) {
        row[n] = random.nextFloat();
      }
    }
    double first = 0;
    for (int n = 0; n < pictureOf.length; n++) {
      int caption = n;
      List<Integer> order =
          IntStream.range(0, pictures)
              .boxed()
              .sorted(Comparator.comparing((Integer p) -> -scores[p][caption]))
              .toList();
      first += order.indexOf(pictureOf[n]) < 10 ? 1 : 0;
    }
    assertThat(Retrieval.of(scores, pictureOf).search().recall10())
        .isCloseTo(first / pictureOf.length, within(1e-12));
  }

  @Test
  void aModelThatFindsAllAlikeGetsNoCredit() {
    Retrieval found = Retrieval.of(new float[20][20], IntStream.range(0, 20).toArray());
    assertThat(found.annotation().recall10()).isZero();
    assertThat(found.search().medianRank()).isEqualTo(20);
  }

  @Test
  void aModelThatHasDivergedGetsNoCredit() {
    float[][] scores = new float[20][20];
    for (float[] row : scores) {
      Arrays.fill(row, Float.NaN);
    }
    Retrieval found = Retrieval.of(scores, IntStream.range(0, 20).toArray());
    assertThat(found.recallSum()).isZero();
  }

  @Test
  void nothingToRankIsAnError() {
    assertThatThrownBy(() -> Retrieval.of(new float[0][0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
