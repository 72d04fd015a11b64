package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.encoder.EncoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedDetectorTest {
  private final AtomicInteger opened = new AtomicInteger();
  private final ColourDetector inner = new ColourDetector();
  private final SharedDetector detector =
      new SharedDetector(
          "late",
          () -> {
            opened.incrementAndGet();
            return inner;
          });

  @Test
  void isOpenedOnceWhoeverComesFirst() throws Exception {
    assertThat(detector.name()).isEqualTo("late");
    assertThat(opened).hasValue(0);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        all.add(pool.submit(detector::open));
      }
      for (Future<?> one : all) {
        assertThat(one.get()).isSameAs(inner);
      }
    } finally {
      pool.shutdown();
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void triesAgainAfterAFailure() {
    SharedDetector failing =
        new SharedDetector(
            "late",
            () -> {
              if (opened.incrementAndGet() == 1) {
                throw new EncoderException("not now");
              }
              return inner;
            });
    assertThatThrownBy(failing::open).isInstanceOf(EncoderException.class);
    assertThat(failing.open()).isSameAs(inner);
  }

  @Test
  void closesWhatItOpenedAndOpensNothingAfterwards() {
    detector.close();
    assertThat(opened).hasValue(0);
    assertThatThrownBy(detector::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("late");
    SharedDetector other = inner.shared();
    other.open();
    other.close();
    assertThat(inner.closed).isTrue();
  }
}
