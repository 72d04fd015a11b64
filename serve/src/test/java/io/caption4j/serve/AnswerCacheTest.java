package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Search;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
  private static final ColourCaptions MODEL = new ColourCaptions();
  private static final int PLACES = 100;

  private final AnswerCache cache = new AnswerCache(PLACES, new Metrics());

  /** Captions that are drawn with a seed of their own, from one picture. */
  private static AnswerCache.Key<List<ServedCaption>> key(int seed) {
    Search drawn = Search.samples(10, Search.Sampling.of(seed)).withMaxLength(100);
    return AnswerCache.Key.of(
        new byte[] {1}, new CaptionsTask(MODEL, new CaptionOptions(drawn, true)));
  }

  /** Ten captions of so many words each, with the attention of a grid of 7 x 7. */
  private static List<ServedCaption> answer(int words) {
    return Stream.generate(() -> caption(words)).limit(10).toList();
  }

  private static ServedCaption caption(int words) {
    List<String> text = IntStream.range(0, words).mapToObj(i -> "word" + i).toList();
    List<Double> each = IntStream.range(0, words).mapToObj(i -> -1.0 - i).toList();
    List<float[]> attention = Stream.generate(() -> new float[49]).limit(words).toList();
    return new ServedCaption(new Caption(text, -1, each), each, attention);
  }

  private boolean holds(int seed) {
    return cache.find(key(seed)).isPresent();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void largeAnswersTakeNoMoreMemoryThanTheirPlaces() {
    long before = usedHeap();
    for (int seed = 0; seed < 1000; seed++) {
      cache.keep(key(seed), answer(100));
    }
    assertThat(usedHeap() - before).isLessThan(PLACES * 64_000L + 1_000_000);
    // Each is 300 KB, five places.
    assertThat(IntStream.range(0, 1000).filter(this::holds).count()).isBetween(10L, 20L);
  }

  @Test
  void usualAnswersTakeAPlaceEach() {
    for (int seed = 0; seed < 1000; seed++) {
      cache.keep(key(seed), answer(20));
    }
    assertThat(IntStream.range(0, 1000).filter(this::holds).count()).isEqualTo(PLACES);
  }

  @Test
  void randomSeedsDoNotDriveOutWhatIsAskedForAgain() {
    int hits = 0;
    for (int round = 1; round <= 20; round++) {
      for (int usual = 0; usual < PLACES / 2; usual++) {
        if (holds(usual)) {
          hits++;
        } else {
          cache.keep(key(usual), answer(1));
        }
      }
      for (int i = 0; i < PLACES; i++) {
        cache.keep(key(1000 * round + i), answer(1));
      }
    }
    // Were the oldest the first to go, there would be none.
    assertThat(hits).isGreaterThan(15 * PLACES / 2);
  }
}
