package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest {
  private static LabelledFeatures clouds(int classes, int each, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[classes * each][classes + 1];
    int[] labels = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = (i * 7 + 1) % classes; // the first is not of class 0
      for (int c = 0; c < rows[i].length; c++) {
        rows[i][c] = (float) (random.nextGaussian() + (c == labels[i] ? 8 : 1));
      }
    }
    return new LabelledFeatures(
        new InMemory(rows), IntStream.range(0, rows.length).toArray(), labels);
  }

  private record InMemory(float[][] rows) implements FeatureTable {
    @Override
    public int length() {
      return rows[0].length;
    }

    @Override
    public void read(int row, float[] target) {
      System.arraycopy(rows[row], 0, target, 0, target.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void separatesCloudsWhateverTheOrderOfClasses(int classes) {
    LinearHead head = LogisticRegression.fit(clouds(classes, 20, 1), classes, 10);
    assertThat(Validation.of(head, clouds(classes, 20, 2)).accuracy()).isGreaterThan(0.97);
    double[] probabilities = head.probabilities(new float[classes + 1]);
    assertThat(Arrays.stream(probabilities).sum()).isEqualTo(1, within(1e-9));
  }

  @Test
  void theGradientIsZeroAtWhatItFinds() {
    LabelledFeatures data = clouds(3, 30, 3);
    double cost = 2;
    LinearHead head = LogisticRegression.fit(data, 3, cost);
    // |w|^2 / 2 + C sum log(1 + exp(-y w x)), x of length 1 with a 1 for the bias.
    for (int k = 0; k < 3; k++) {
      double[] gradient = new double[head.features() + 1];
      double scale = 0;
      for (int c = 0; c < head.features(); c++) {
        gradient[c] = head.weights()[k][c];
      }
      gradient[head.features()] = head.bias()[k];
      for (int i = 0; i < data.size(); i++) {
        float[] x = data.of(i);
        double norm = LinearHead.norm(x);
        double score = head.bias()[k];
        for (int c = 0; c < x.length; c++) {
          score += head.weights()[k][c] * x[c] / norm;
        }
        double error = 1 / (1 + Math.exp(-score)) - (data.labels()[i] == k ? 1 : 0);
        for (int c = 0; c < x.length; c++) {
          gradient[c] += cost * error * x[c] / norm;
        }
        gradient[x.length] += cost * error;
        scale += cost * Math.abs(error);
      }
      double length = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
      assertThat(length).isLessThan(0.02 * scale);
    }
  }

  @Test
  void aHeadOnStandardisedFeaturesBecomesTheSameOnRawOnes() {
    LabelledFeatures data = clouds(3, 10, 4);
    float[][] weights = {{1, -2, 3, 0.5f}, {0, 1, 0, 1}, {2, 2, -1, -1}};
    LinearHead head =
        new LinearHead(false, weights, new float[] {1, 0, -1}, LinearHead.Link.SOFTMAX);
    LinearHead raw = head.onRaw(data.standardisation());
    LabelledFeatures standardised = data.standardised(data.standardisation());
    for (int i = 0; i < data.size(); i++) {
      assertThat(raw.probabilities(data.of(i)))
          .containsExactly(head.probabilities(standardised.of(i)), within(1e-4));
    }
  }

  @Test
  void refusesOtherFeatures() {
    LinearHead head =
        new LinearHead(
            true, new float[][] {{1, 2}, {3, 4}}, new float[2], LinearHead.Link.ONE_VERSUS_REST);
    assertThatThrownBy(() -> head.probabilities(new float[3]))
        .isInstanceOf(ClassifyException.class)
        .hasMessage("Expected 2 features of a picture, found 3.");
    assertThatThrownBy(
            () ->
                new LinearHead(
                    false,
                    new float[][] {{1, Float.NaN}, {3, 4}},
                    new float[2],
                    LinearHead.Link.SOFTMAX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesMorePicturesThanFitIntoTheHeap() {
    LogisticRegression.requireRoom(50_000, 1281, 2L << 30);
    assertThatThrownBy(() -> LogisticRegression.requireRoom(120_000, 1281, 2L << 30))
        .isInstanceOf(ClassifyException.class)
        .hasMessage(
            "Logistic regression needs all features in memory: 4,104 MiB for 120,000 pictures, and"
                + " Java may use 2,048 MiB. Use --method head, which reads them from the disk, or"
                + " give Java more: CAPTION4J_OPTS=-Xmx5g.");
  }
}
