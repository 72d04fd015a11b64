package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Detectors of users' own files. */
class OtherDetectorsTest {
  private static final DetectionSettings ALL = new DetectionSettings(0.3, 100);
  private static final float[] BOXES = {
    0.1f, 0.2f, 0.5f, 0.6f, -1, -1, 2, 2, 0, 0, 1, 1, 0.5f, 0.5f, 0.5f, 0.9f
  };

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void writeClasses() throws IOException {
    classes = Files.writeString(folder.resolve("classes.tsv"), "1\tcat\n3\tdog\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":0"})
  void readsTensorFlowsForm(String ending) throws IOException {
    for (int side : new int[] {0, 32}) {
      Path file =
          write(
              new ConstantOnnx()
                  .input("pixels", DataType.UINT8, 1, side, side, 3)
                  .output("detection_boxes" + ending, BOXES, 1, 4, 4)
                  .output("detection_scores" + ending, new float[] {.8f, .4f, .9f, .7f}, 1, 4)
                  .output("detection_classes" + ending, new long[] {1, 3, 2, 1}, 1, 4)
                  .output("num_detections" + ending, new float[] {4}, 1));
      try (ObjectDetector detector = open(file)) {
        List<DetectedObject> found = detector.detect(picture(200, 100), ALL);
        // Class 2 has no name, and the last box is empty.
        assertThat(found).extracting(DetectedObject::name).containsExactly("cat", "dog");
        ObjectBox cat = found.get(0).box();
        assertThat(new double[] {cat.x(), cat.y(), cat.width(), cat.height()})
            .containsExactly(new double[] {40, 10, 80, 40}, within(1e-4));
        assertThat(found.get(1).box()).isEqualTo(new ObjectBox(0, 0, 200, 100));
        assertThat(detector.detect(List.of(picture(9, 3000), picture(1, 1)), ALL)).hasSize(2);
      }
    }
  }

  @Test
  void believesTheNumberOfDetections() throws IOException {
    Path file = write(tensorFlow(DataType.UINT8, 2).output("num_detections", new float[] {1}, 1));
    try (ObjectDetector detector = open(file)) {
      assertThat(detector.detect(picture(20, 10), ALL)).hasSize(1);
    }
    try (ObjectDetector detector = open(write(tensorFlow(DataType.UINT8, 2)))) {
      assertThat(detector.detect(picture(20, 10), ALL)).hasSize(2);
    }
  }

  @Test
  void readsYoloxHeads() throws IOException {
    // 8 x 8, 4 x 4 and 2 x 2 positions of 5 + 2 numbers; the one at x 3, y 1 of the second says
    // dog.
    float[] values = new float[84 * 7];
    int at = 7 * (64 + 4 + 3);
    float[] said = {0.5f, 0.25f, 0, (float) Math.log(2), 0.9f, 0.1f, 0.8f};
    System.arraycopy(said, 0, values, at, 7);
    Path file = head(values, 7, 64);
    describe(
        "{\"head\": \"yolox\", \"strides\": [8, 16, 32], \"letterbox\": true, \"size\": 64,"
            + " \"order\": \"BGR\", \"mean\": [0, 0, 0], \"deviation\": [1, 1, 1]}");
    try (ObjectDetector detector = open(file)) {
      List<DetectedObject> found = detector.detect(picture(128, 64), ALL);
      assertThat(found).hasSize(1);
      assertThat(found.get(0).name()).isEqualTo("dog");
      assertThat(found.get(0).score()).isCloseTo(0.72, within(1e-6));
      // Centre 56, 20 and size 16, 32 of the 64 x 64, which show the picture at half its size.
      ObjectBox box = found.get(0).box();
      assertThat(new double[] {box.x(), box.y(), box.width(), box.height()})
          .containsExactly(new double[] {96, 8, 32, 56}, within(1e-3));
    }
  }

  @Test
  void readsNanoDetHeads() throws IOException {
    // 2 scores and 4 distributions over 0 to 3; position x 2, y 1 of a 4 x 4 grid.
    int width = 2 + 4 * 4;
    float[] values = new float[16 * width];
    int at = width * (4 + 2);
    values[at] = 0.6f; // cat
    for (int side = 0; side < 4; side++) {
      Arrays.fill(values, at + 2 + 4 * side, at + 6 + 4 * side, -50);
      values[at + 2 + 4 * side + (side == 3 ? 2 : 1)] = 50; // one stride, two to the bottom
    }
    Path file = head(values, width, 64);
    describe(
        "{\"head\": \"nanodet\", \"strides\": [16], \"offset\": 0.5,"
            + " \"order\": \"BGR\", \"mean\": [103.5, 116.3, 123.7], \"deviation\": [57, 57, 58]}");
    try (ObjectDetector detector = open(file)) {
      List<DetectedObject> found = detector.detect(picture(64, 128), ALL);
      assertThat(found).hasSize(1);
      ObjectBox box = found.get(0).box();
      assertThat(new double[] {box.x(), box.y(), box.width(), box.height()})
          .containsExactly(new double[] {24, 16, 32, 96}, within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                                    | is not valid JSON",
        "{\"head\": \"ssd\"}                                  | expected a head of yolox or nanodet, found \"ssd\"",
        "{\"head\": \"yolox\"}                                | expected strides",
        "{\"head\": \"yolox\", \"strides\": [0]}              | expected strides of 1 to 4096 pixels, found 0",
        "{\"head\": \"yolox\", \"strides\": [8], \"order\": \"GBR\"} | expected the order RGB or BGR, found 'GBR'",
        "{\"head\": \"yolox\", \"strides\": [8], \"size\": 32, PIXELS} | its size is 32, but the model takes pictures of 64",
        "{\"head\": \"yolox\", \"strides\": [8], \"overlap\": 2, PIXELS} | expected overlap to be a number from 0 to 1",
        "{\"head\": \"yolox\", \"strides\": [16], PIXELS}     | expected an output of the shape (1, 16, 7) for 2 classes",
        "{\"head\": \"nanodet\", \"strides\": [8, 16, 32], PIXELS} | + 4 * bins",
      })
  void refusesADescriptionThatDoesNotFit(String description, String message) throws IOException {
    Path file = head(new float[84 * 7], 7, 64);
    describe(description.replace("PIXELS", "\"order\": \"BGR\", \"mean\": 0, \"deviation\": 1"));
    assertThatThrownBy(
            () -> {
              try (ObjectDetector detector = open(file)) {
                detector.detect(picture(8, 8), ALL);
              }
            })
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesScoresThatAreNone() throws IOException {
    float[] values = new float[84 * 7];
    values[4] = 0.9f;
    values[5] = 7;
    Path file = head(values, 7, 64);
    describe(
        "{\"head\": \"yolox\", \"strides\": [8, 16, 32], \"order\": \"BGR\", \"mean\": 0,"
            + " \"deviation\": 1}");
    try (ObjectDetector detector = open(file)) {
      assertThatThrownBy(() -> detector.detect(picture(8, 8), ALL))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("sigmoids");
    }
  }

  @Test
  void refusesOtherForms() throws IOException {
    Path file = head(new float[8], 2, 64);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("detection_boxes")
        .hasMessageContaining("model.json")
        .hasMessageContaining("numbers");
    Path floats = write(tensorFlow(DataType.FLOAT, 2));
    assertThatThrownBy(() -> open(floats))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("input of bytes")
        .hasMessageContaining("FLOAT");
    Path uneven = write(tensorFlow(DataType.UINT8, 3));
    try (ObjectDetector detector = open(uneven)) {
      assertThatThrownBy(() -> detector.detect(picture(8, 8), ALL))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("do not fit each other");
    }
  }

  @Test
  void refusesFilesThatAreDamagedOrMissing() throws IOException {
    byte[] whole = tensorFlow(DataType.UINT8, 2).bytes();
    for (byte[] bytes :
        List.of(
            new byte[0],
            new byte[100],
            Arrays.copyOf(whole, whole.length / 2),
            "text".getBytes(StandardCharsets.US_ASCII))) {
      Path file = Files.write(folder.resolve("model.onnx"), bytes);
      assertThatThrownBy(() -> open(file))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("model.onnx");
    }
    assertThatThrownBy(() -> open(folder.resolve("none.onnx")))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("there is no such ONNX file");
    assertThatThrownBy(() -> Detectors.open(new DetectorSpec("onnx:a.onnx", folder.resolve("no"))))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("there is no such file of classes");
  }

  @Test
  void refusesSpecsThatMakeNoSense() {
    assertThatThrownBy(() -> new DetectorSpec("yolo", null)).hasMessageContaining("ssd-mobilenet");
    assertThatThrownBy(() -> new DetectorSpec("onnx:", classes)).hasMessageContaining("onnx:FILE");
    assertThatThrownBy(() -> new DetectorSpec("onnx:a.onnx", null))
        .hasMessageContaining("--classes");
    assertThatThrownBy(() -> new DetectorSpec(Detectors.SSD_MOBILENET_V2, classes))
        .hasMessageContaining("built in");
  }

  @Test
  void theOriginalFileFindsTheSameObjects() {
    Path original = shared("detector/ssd-mobilenet-v2-coco.onnx");
    assumeTrue(Files.exists(original), "the original detector is not here");
    DetectorSpec spec =
        new DetectorSpec("onnx:" + original, original.resolveSibling("coco-classes.tsv"));
    try (ObjectDetector detector = Detectors.open(spec);
        ObjectDetector bundled = Detectors.bundled()) {
      for (String file : GoldenObjects.samples().files()) {
        Pixels picture = GoldenObjects.picture(file);
        List<DetectedObject> found = detector.detect(picture, ALL);
        List<DetectedObject> expected = bundled.detect(picture, ALL);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
          assertThat(found.get(i).name()).isEqualTo(expected.get(i).name());
          assertThat(found.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-4));
          assertThat(found.get(i).box().overlap(expected.get(i).box())).isGreaterThan(0.999);
        }
      }
    }
  }

  private ConstantOnnx tensorFlow(DataType type, int labels) {
    return new ConstantOnnx()
        .input("pixels", type, 0, 0, 0, 3)
        .output("detection_boxes", Arrays.copyOf(BOXES, 8), 1, 2, 4)
        .output("detection_scores", new float[] {.8f, .4f}, 1, 2)
        .output("detection_classes", ones(labels), 1, labels);
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private Path head(float[] values, int width, int side) throws IOException {
    return write(
        new ConstantOnnx()
            .input("images", DataType.FLOAT, 1, 3, side, side)
            .output("numbers", values, 1, values.length / width, width));
  }

  private void describe(String json) throws IOException {
    Files.writeString(folder.resolve("model.json"), json);
  }

  private Path write(ConstantOnnx model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model.bytes());
  }

  private ObjectDetector open(Path file) {
    return Detectors.open(new DetectorSpec("onnx:" + file, classes));
  }

  private static Pixels picture(int width, int height) {
    return new Pixels(width, height, new byte[3 * width * height]);
  }

  // A folder shared/ beside the project or further up.
  private static Path shared(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    return Path.of("no-such-file");
  }
}
