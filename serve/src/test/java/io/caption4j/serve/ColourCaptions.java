package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Search;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A model for tests: it names the colour of the first pixel, and can be held up. */
final class ColourCaptions implements CaptionService {
  static final ModelFacts FACTS =
      new ModelFacts(
          "caption4j",
          "colours",
          "names a colour",
          "Image-to-Text Translation",
          "a test",
          "Apache-2.0");

  /** Log-probabilities of its three sentences. */
  static final double[] LOG_PROBABILITIES = {-2.25, -3.5, -40};

  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();
  final CountDownLatch entered = new CountDownLatch(1);
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Throwable failure;

  /** From now on requests stay inside until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  /** From now on requests fail. */
  void failWith(Throwable newFailure) {
    failure = newFailure;
  }

  @Override
  public List<Caption> caption(Pixels picture, Search search) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      entered.countDown();
      gate.await();
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      String colour = colour(picture);
      return Stream.of(
              new Caption(List.of("a", colour, "picture"), LOG_PROBABILITIES[0]),
              new Caption(List.of("something", colour), LOG_PROBABILITIES[1]),
              new Caption(List.of(colour), LOG_PROBABILITIES[2]))
          .limit(search.top())
          .toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
  }

  @Override
  public ModelFacts facts() {
    return FACTS;
  }

  private static String colour(Pixels picture) {
    int red = picture.rgb()[0] & 0xff;
    int green = picture.rgb()[1] & 0xff;
    int blue = picture.rgb()[2] & 0xff;
    return red > green && red > blue ? "red" : green > blue ? "green" : "blue";
  }
}
