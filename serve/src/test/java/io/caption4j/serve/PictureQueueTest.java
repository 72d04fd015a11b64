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
      for (int i = 0; i < 10; i++) {
        queue.submit(400, new Sleeping()).join();
      }
      // The running mean is at 0.4 s x (1 - 0.9^10) = 0.26 s, so that 20 pictures take 5.2 s.
      assertThat(retryAfter(queue)).isBetween(5, 8);
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
