package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.ObjectBox;
import io.caption4j.encoder.detect.ObjectClasses;
import io.caption4j.encoder.detect.ObjectDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A detector for tests: each of three colours is an object, where all pixels of it are. It can be
 * held up.
 */
final class ColourDetector implements ObjectDetector {
  private static final List<String> COLOURS = List.of("red", "green", "blue");
  private static final double[] SCORES = {0.9, 0.6, 0.4};

  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  private final int longest;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  volatile boolean closed;

  /** One that looks at pictures of 56 pixels at most. */
  ColourDetector() {
    this(56);
  }

  ColourDetector(int longest) {
    this.longest = longest;
  }

  SharedDetector shared() {
    return new SharedDetector(name(), () -> this);
  }

  /** From now on pictures stay inside until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  @Override
  public String name() {
    return "colours";
  }

  @Override
  public ObjectClasses classes() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Pixels resize(Pixels picture) {
    int longer = Math.max(picture.width(), picture.height());
    return longer <= longest
        ? picture
        : picture.resize(
            Math.max(1, picture.width() * longest / longer),
            Math.max(1, picture.height() * longest / longer));
  }

  @Override
  public List<List<DetectedObject>> detect(List<Pixels> pictures, DetectionSettings settings) {
    try {
      batches.add(pictures.size());
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return pictures.stream().map(picture -> objects(picture, settings)).toList();
  }

  private static List<DetectedObject> objects(Pixels picture, DetectionSettings settings) {
    return IntStream.range(0, COLOURS.size())
        .filter(colour -> SCORES[colour] >= settings.threshold())
        .mapToObj(colour -> object(picture, colour))
        .filter(object -> object != null)
        .limit(settings.most())
        .toList();
  }

  private static DetectedObject object(Pixels picture, int colour) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        if (is(picture, 3 * (y * picture.width() + x), colour)) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return right == 0
        ? null
        : new DetectedObject(
            COLOURS.get(colour),
            SCORES[colour],
            new ObjectBox(left, top, right - left, bottom - top));
  }

  private static boolean is(Pixels picture, int at, int colour) {
    boolean is = (picture.rgb()[at + colour] & 0xff) > 200;
    for (int other = 0; other < 3; other++) {
      is &= other == colour || (picture.rgb()[at + other] & 0xff) < 100;
    }
    return is;
  }

  @Override
  public void close() {
    closed = true;
  }
}
