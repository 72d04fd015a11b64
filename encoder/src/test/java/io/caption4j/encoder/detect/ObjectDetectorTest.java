package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled detector, held against what ONNX Runtime makes of the original file in Python. */
class ObjectDetectorTest {
  private static final DetectionSettings ALL = new DetectionSettings(0.3, 100);

  private static ObjectDetector detector;

  @BeforeAll
  static void open() {
    detector = Detectors.bundled();
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  static List<String> samples() {
    return GoldenObjects.samples().files();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void agreesWithTheOriginalModel(String file) {
    Pixels picture = GoldenObjects.picture(file);
    CRC32 pixels = new CRC32();
    pixels.update(picture.rgb());
    GoldenObjects.samples()
        .check(file, pixels.getValue(), picture, detector.detect(picture, ALL), detector.classes());
  }

  @Test
  void knowsCocosClasses() {
    ObjectClasses classes = detector.classes();
    assertThat(classes.names()).hasSize(80).startsWith("person", "bicycle").endsWith("toothbrush");
    assertThat(classes.id("toothbrush")).isEqualTo(90);
    assertThat(classes.name(12)).isEmpty(); // COCO leaves ten ids out
    assertThat(detector.name()).isEqualTo("ssd-mobilenet-v2-coco");
  }

  @Test
  void aBatchGivesWhatSinglePicturesGive() {
    List<Pixels> pictures = new ArrayList<>();
    samples().forEach(file -> pictures.add(GoldenObjects.picture(file)));
    pictures.add(noise(900, 31, 1));
    List<List<DetectedObject>> together = detector.detect(pictures, ALL);
    assertThat(together).hasSize(pictures.size());
    for (int i = 0; i < pictures.size(); i++) {
      same(together.get(i), detector.detect(pictures.get(i), ALL));
    }
  }

  @Test
  void threadsMayShareIt() throws Exception {
    List<Pixels> pictures = samples().stream().limit(4).map(GoldenObjects::picture).toList();
    List<List<DetectedObject>> expected = detector.detect(pictures, ALL);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<DetectedObject>>> found = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Pixels picture = pictures.get(i % 4);
        found.add(threads.submit(() -> detector.detect(picture, ALL)));
      }
      for (int i = 0; i < found.size(); i++) {
        same(found.get(i).get(), expected.get(i % 4));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void givesTheBestFromTheThresholdOn() {
    Pixels kites = GoldenObjects.picture("kite.jpg");
    List<DetectedObject> all = detector.detect(kites, ALL);
    List<DetectedObject> sure = detector.detect(kites, new DetectionSettings(0.5, 100));
    assertThat(sure)
        .isNotEmpty()
        .hasSizeLessThan(all.size())
        .isEqualTo(all.subList(0, sure.size()));
    assertThat(sure).allMatch(object -> object.score() >= 0.5);
    assertThat(detector.detect(kites, new DetectionSettings(0.3, 2))).isEqualTo(all.subList(0, 2));
    assertThat(detector.detect(kites, new DetectionSettings(0, 100)))
        .hasSize(100)
        .startsWith(all.get(0));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,3000", "3000,1", "2,5", "1280,960"})
  void boxesLieInPicturesOfAnyShape(int width, int height) {
    Pixels picture = GoldenObjects.picture("tennis.jpg").resize(width, height);
    for (DetectedObject object : detector.detect(picture, new DetectionSettings(0.05, 100))) {
      ObjectBox box = object.box();
      assertThat(box.x() + box.width()).isLessThanOrEqualTo(width + 1e-9);
      assertThat(box.y() + box.height()).isLessThanOrEqualTo(height + 1e-9);
    }
  }

  @Test
  void shrinksLargePicturesAlike() {
    Pixels picture = GoldenObjects.picture("bear.jpg").resize(1300, 1300);
    Pixels small = detector.resize(picture);
    assertThat(small.width()).isEqualTo(640);
    DetectedObject bear = detector.detect(picture, ALL).get(0);
    DetectedObject same = detector.detect(small, ALL).get(0);
    assertThat(bear.name()).isEqualTo("bear");
    assertThat(same.score()).isEqualTo(bear.score());
    assertThat(same.box().scale(1300 / 640.0, 1300 / 640.0).overlap(bear.box()))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void refusesNoPicturesAndAfterClosing() {
    assertThatThrownBy(() -> detector.detect(List.of(), ALL))
        .isInstanceOf(IllegalArgumentException.class);
    ObjectDetector closed = Detectors.bundled();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.detect(noise(9, 9, 1), ALL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ssd-mobilenet-v2-coco")
        .hasMessageContaining("closed");
  }

  private static void same(List<DetectedObject> found, List<DetectedObject> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).name()).isEqualTo(expected.get(i).name());
      assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5));
      assertThat(found.get(i).box().overlap(expected.get(i).box())).isGreaterThan(0.999);
    }
  }

  private static Pixels noise(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new Random(seed).nextBytes(rgb);
    return new Pixels(width, height, rgb);
  }
}
