package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineProgressTest {
  private final StringWriter text = new StringWriter();
  private long now = 5_000_000_000L;
  private final LineProgress progress = new LineProgress(new PrintWriter(text), () -> now);

  private void after(double seconds, String task, long done, long total, String detail) {
    now += (long) (seconds * 1e9);
    progress.update(task, done, total, detail);
  }

  private List<String> lines() {
    return text.toString().lines().toList();
  }

  @Test
  void tellsRateAndTimeLeftEveryTenSeconds() {
    after(0, "encoding", 0, 100, "");
    after(9, "encoding", 18, 100, "");
    after(1, "encoding", 20, 100, "");
    after(9, "encoding", 38, 100, "");
    after(1, "encoding", 40, 100, "");

    assertThat(lines())
        .containsExactly(
            "encoding: 20/100 (20 %), 2.00/s, 0:40 left",
            "encoding: 40/100 (40 %), 2.00/s, 0:30 left");
  }

  @Test
  void whatWasThereBeforeDoesNotCountForTheRate() {
    after(0, "encoding", 1000, 2000, "");
    after(10, "encoding", 1100, 2000, "");

    assertThat(lines()).containsExactly("encoding: 1100/2000 (55 %), 10/s, 1:30 left");
  }

  @Test
  void aShortTaskWithoutNewsIsNotWorthALine() {
    after(0, "reading", 0, 10, "");
    after(1, "reading", 10, 10, "");
    after(0, "validating", 0, 1, "");
    after(5, "validating", 1, 1, "");

    assertThat(lines()).isEmpty();
  }

  @Test
  void eachTaskEndsWithItsNewsAndItsOwnRate() {
    after(0, "epoch 1/2", 0, 8, "");
    after(4, "epoch 1/2", 8, 8, "loss 4.1, 900 tokens/s");
    after(0, "epoch 2/2", 0, 8, "");
    after(2, "epoch 2/2", 8, 8, "loss 3.5");

    assertThat(lines())
        .containsExactly(
            "epoch 1/2: 8/8 (100 %), in 0:04, loss 4.1, 900 tokens/s",
            "epoch 2/2: 8/8 (100 %), 4.00/s, in 0:02, loss 3.5");
  }

  @ParameterizedTest
  @CsvSource({"0, 0:00", "59.6, 1:00", "65, 1:05", "3600, 1:00:00", "3725.2, 1:02:05"})
  void clock(double seconds, String expected) {
    assertThat(LineProgress.clock(seconds)).isEqualTo(expected);
  }
}
