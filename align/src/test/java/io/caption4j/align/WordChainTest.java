package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordChainTest {
  private static float[][] random(Random random, int words, int regions) {
    float[][] products = new float[words][regions];
    for (float[] row : products) {
      for (int r = 0; r < regions; r++) {
        row[r] = (float) random.nextGaussian();
      }
    }
    return products;
  }

  private static double value(float[][] products, int[] regions, double beta) {
    double sum = 0;
    for (int t = 0; t < regions.length; t++) {
      sum += products[t][regions[t]];
      sum += t > 0 && regions[t] == regions[t - 1] ? beta : 0;
    }
    return sum;
  }

  /** The largest value over all R^T choices. */
  private static double largest(float[][] products, double beta) {
    int words = products.length;
    int regions = products[0].length;
    double largest = Double.NEGATIVE_INFINITY;
    int[] choice = new int[words];
    for (int i = 0; i < Math.pow(regions, words); i++) {
      for (int t = 0, rest = i; t < words; t++, rest /= regions) {
        choice[t] = rest % regions;
      }
      largest = Math.max(largest, value(products, choice, beta));
    }
    return largest;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 1, 3})
  void noChoiceIsBetter(double beta) {
    Random random = new Random(7);
    WordChain chain = new WordChain(beta);
    for (int i = 0; i < 200; i++) {
      float[][] products = random(random, 1 + random.nextInt(6), 1 + random.nextInt(4));
      int[] found = chain.regions(products);
      assertThat(value(products, found, beta)).isCloseTo(largest(products, beta), within(1e-9));
    }
  }

  @Test
  void withoutARewardEachWordHasItsBestRegion() {
    float[][] products = random(new Random(3), 40, 20);
    int[] found = new WordChain(0).regions(products);
    for (int t = 0; t < 40; t++) {
      float[] row = products[t];
      for (float product : row) {
        assertThat(row[found[t]]).isGreaterThanOrEqualTo(product);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, WordChain.MOST_BETA})
  void aLargeRewardPutsTheSentenceOnTheBoxWithTheLargestSum(double beta) {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      float[][] products = random(random, 12, 20);
      int[] found = new WordChain(beta).regions(products);
      assertThat(Arrays.stream(found).distinct().count()).isOne();
      double[] sums = new double[20];
      for (float[] row : products) {
        for (int r = 0; r < 20; r++) {
          sums[r] += row[r];
        }
      }
      assertThat(sums[found[0]]).isCloseTo(Arrays.stream(sums).max().orElseThrow(), within(1e-6));
    }
  }

  @Test
  void tiesAreDecidedTheSameWayAlways() {
    float[][] equal = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    assertThat(new WordChain(0).regions(equal)).containsExactly(0, 0, 0);
    assertThat(new WordChain(2).regions(equal)).containsExactly(0, 0, 0);
    // The word in the middle may share its region with either neighbour.
    float[][] middle = {{1, 0}, {0, 0}, {0, 1}};
    assertThat(new WordChain(0.5).regions(middle)).containsExactly(0, 1, 1);
    // One box for all is as good as a change: 2 + 2 beta or 3 + beta.
    float[][] change = {{1, 0}, {1, 0}, {0, 1}};
    assertThat(new WordChain(1).regions(change)).containsExactly(0, 0, 0);
  }

  @Test
  void oneWordOrNoneIsEnough() {
    assertThat(new WordChain(1).regions(new float[][] {{-3, -1, -2}})).containsExactly(1);
    assertThat(new WordChain(1).regions(new float[0][])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, 2e6})
  void betaIsChecked(double beta) {
    assertThatThrownBy(() -> new WordChain(beta))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beta of 0 to 1000000, found " + beta);
  }
}
