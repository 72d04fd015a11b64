package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What the graph is to say of pictures, smoothed and mixed. */
class TargetsTest {
  @Test
  void smoothingSpreadsAShareOverAllClasses() {
    float[][] rows = Stage.targets(new int[] {1, 0}, 4, 0.2).toFloatMatrix();
    assertThat(rows[0]).containsExactly(new float[] {0.05f, 0.85f, 0.05f, 0.05f}, within(1e-6f));
    assertThat(rows[1]).containsExactly(new float[] {0.85f, 0.05f, 0.05f, 0.05f}, within(1e-6f));
    assertThat(Stage.targets(new int[] {1}, 2, 0).toFloatMatrix()[0]).containsExactly(0, 1);
  }

  @Test
  void mixesPicturesAndTargetsByTheSameShares() {
    INDArray pictures = Nd4j.createFromArray(new float[][] {{1, 2}, {30, 40}, {500, 600}});
    INDArray activations = pictures.dup().reshape(3, 2, 1, 1);
    INDArray targets = Stage.targets(new int[] {0, 1, 2}, 3, 0);
    double share = Mixup.share(0.4, new SplittableRandom(7));
    DataSet mixed = Mixup.of(new DataSet(activations, targets), 0.4, new SplittableRandom(7));
    assertThat(mixed.getFeatures().shape()).containsExactly(3, 2, 1, 1);
    float[][] seen = mixed.getFeatures().reshape(3, 2).toFloatMatrix();
    float[][] said = mixed.getLabels().toFloatMatrix();
    assertThat(seen[0][1]).isEqualTo((float) (2 * share + 600 * (1 - share)), within(1e-3f));
    assertThat(seen[1]).containsExactly(new float[] {30, 40}, within(1e-4f));
    assertThat(said[2][2]).isEqualTo((float) share, within(1e-6f));
    assertThat(said[2][0]).isEqualTo((float) (1 - share), within(1e-6f));
    assertThat(activations.reshape(3, 2)).isEqualTo(pictures); // which are not touched
  }

  @Test
  void sharesComeFromTheBetaDistribution() {
    SplittableRandom random = new SplittableRandom(3);
    double[] shares =
        IntStream.range(0, 20_000).mapToDouble(i -> Mixup.share(0.2, random)).toArray();
    double mean = IntStream.range(0, shares.length).mapToDouble(i -> shares[i]).average().orElse(0);
    double squares =
        IntStream.range(0, shares.length)
            .mapToDouble(i -> (shares[i] - 0.5) * (shares[i] - 0.5))
            .average()
            .orElse(0);
    assertThat(mean).isEqualTo(0.5, within(0.01));
    assertThat(squares).isEqualTo(1 / (4 * (2 * 0.2 + 1)), within(0.003)); // Beta's variance
  }
}
