package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caption4j.data.Pixels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PictureQueueTest {
  private static final int PLACES = 40;

  /** A task whose pictures are how long each takes, in milliseconds. */
  private record Sleeping() implements PictureTask<Integer, Integer> {
    @Override
    public Integer shrink(Pixels whole) {
      return 0;
    }

    @Override
    public List<Integer> run(List<Integer> pictures) {
      try {
        for (int millis : pictures) {
          TimeUnit.MILLISECONDS.sleep(millis);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return pictures;
    }

    @Override
    public long bytes(Integer answer) {
      return 0;
    }
  }

  @Test
  void whoIsRefusedIsToldWhenHalfOfTheQueueIsDone() {
    try (PictureQueue queue = queue()) {
      queue.admit(PLACES);
      assertThat(retryAfter(queue)).isEqualTo(1); // how long a picture takes is not known yet
      double longest = 0;
      for (int i = 0; i < 10; i++) {
        long begin = System.nanoTime();
        queue.submit(200, new Sleeping()).join();
        longest = Math.max(longest, (System.nanoTime() - begin) / 1e9);
      }
      // After ten pictures of 0.2 s the running mean is at 0.2 s x (1 - 0.9^10) = 0.13 s, so that
      // 20 take 2.6 s; on a busy machine each took longer than it slept.
      double most = 20 * longest * (1 - Math.pow(0.9, 10));
      assertThat(retryAfter(queue)).isBetween(3, Math.min(30, (int) Math.round(most)));
    }
  }

  private static PictureQueue queue() {
    return new PictureQueue(new QueueSettings(PLACES, 1, Duration.ZERO, 1), new Metrics());
  }

  private static int retryAfter(PictureQueue queue) {
    RequestException refused = catchThrowableOfType(RequestException.class, () -> queue.admit(1));
    assertThat(refused.status()).isEqualTo(503);
    return Integer.parseInt(refused.headers().get("Retry-After"));
  }
}
