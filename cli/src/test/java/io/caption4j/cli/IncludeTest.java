package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Words that the user wants said, by the bundled model. */
class IncludeTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path SKIER = SAMPLES.resolve("skier.jpg");

  @Test
  void everyCaptionHoldsTheWords() {
    Run run = Run.of("caption", "--include", "Woman", "--include", "red jacket", "--top", 2, SKIER);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.outLines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(" " + line.split("\t")[1] + " ").contains(" woman ", " red jacket "));
  }

  @Test
  void aWordThatTheModelDoesNotKnowIsNamedOnce() {
    Run run = Run.of("caption", "--include", "quagga", SKIER, SAMPLES.resolve("bear.jpg"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).containsOnlyOnce("The model does not know the word 'quagga'");
  }
}
