package io.caption4j.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What the graph is to say of pictures. */
class TargetsTest {
  @Test
  void smoothingSpreadsAShareOverAllClasses() {
    float[][] rows = Stage.targets(new int[] {1, 0}, 4, 0.2).toFloatMatrix();
    assertThat(rows[0]).containsExactly(new float[] {0.05f, 0.85f, 0.05f, 0.05f}, within(1e-6f));
    assertThat(rows[1]).containsExactly(new float[] {0.85f, 0.05f, 0.05f, 0.05f}, within(1e-6f));
    assertThat(Stage.targets(new int[] {1}, 2, 0).toFloatMatrix()[0]).containsExactly(0, 1);
  }
}
