package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  volatile CaptionOptions lastOptions;
  private final Abilities abilities;
  private volatile String poison = "";
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Throwable failure;

  /** One that can all that models can. */
  ColourCaptions() {
    this(new Abilities(true, true, true));
  }

  ColourCaptions(Abilities abilities) {
    this.abilities = abilities;
  }

  /** From now on batches with this colour fail; alone it goes well. */
  void poison(String colour) {
    poison = colour;
  }

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
  public Pixels shrink(Pixels picture) {
    return picture.resize(2, 2);
  }

  @Override
  public List<List<ServedCaption>> caption(List<Pixels> pictures, CaptionOptions options) {
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    batches.add(pictures.size());
    lastOptions = options;
    try {
      entered.countDown();
      gate.await();
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (pictures.size() > 1 && pictures.stream().anyMatch(p -> colour(p).equals(poison))) {
        throw new IllegalStateException("a batch with a poisoned picture");
      }
      return pictures.stream().map(picture -> captions(picture, options)).toList();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
  }

  private List<ServedCaption> captions(Pixels picture, CaptionOptions options) {
    String colour = colour(picture);
    return Stream.of(
            new Caption(List.of("a", colour, "picture"), LOG_PROBABILITIES[0]),
            new Caption(List.of("something", colour), LOG_PROBABILITIES[1]),
            new Caption(List.of(colour), LOG_PROBABILITIES[2]))
        .limit(options.search().top())
        .map(caption -> told(caption, options.attention()))
        .toList();
  }

  /** Every word has probability a half; word i looks at position i of a grid of 2 x 2. */
  private ServedCaption told(Caption caption, boolean attention) {
    List<Double> words = caption.words().stream().map(word -> Math.log(0.5)).toList();
    List<float[]> looked =
        IntStream.range(0, caption.words().size())
            .mapToObj(
                i -> {
                  float[] weights = new float[4];
                  weights[i] = 1;
                  return weights;
                })
            .toList();
    return new ServedCaption(
        caption, abilities.wordProbabilities() ? words : List.of(), attention ? looked : List.of());
  }

  @Override
  public ModelFacts facts() {
    return FACTS;
  }

  @Override
  public Abilities abilities() {
    return abilities;
  }

  private static String colour(Pixels picture) {
    int red = picture.rgb()[0] & 0xff;
    int green = picture.rgb()[1] & 0xff;
    int blue = picture.rgb()[2] & 0xff;
    return red > green && red > blue ? "red" : green > blue ? "green" : "blue";
  }
}
