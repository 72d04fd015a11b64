package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of pictures on the command line. */
class DetectTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path BEAR = SAMPLES.resolve("bear.jpg");

  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void namesWhatTheSamplesShow() {
    Run run = Run.of("detect", SAMPLES);

    assertThat(run.code()).isZero();
    Map<String, Set<String>> named = new HashMap<>();
    for (String line : run.outLines()) {
      assertThat(line).matches("[^\t]+\t[a-z ]+\t[01]\\.\\d{3}\t\\d+,\\d+,\\d+,\\d+");
      String[] cells = line.split("\t");
      String picture = Path.of(cells[0]).getFileName().toString().replace(".jpg", "");
      named.computeIfAbsent(picture, name -> new HashSet<>()).add(cells[1]);
    }
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("airplane", "airplane"),
            Map.entry("bananas", "banana"),
            Map.entry("baseball", "person"),
            Map.entry("bear", "bear"),
            Map.entry("buses", "bus"),
            Map.entry("frisbees", "frisbee"),
            Map.entry("horses", "horse"),
            Map.entry("hydrant", "fire hydrant"),
            Map.entry("kitchen", "refrigerator"),
            Map.entry("kite", "kite"),
            Map.entry("motorcycle", "motorcycle"),
            Map.entry("skier", "skis"),
            Map.entry("tennis", "tennis racket"),
            Map.entry("tennis-court", "person"),
            Map.entry("train", "train"));
    assertThat(named).hasSameSizeAs(expected);
    expected.forEach((picture, name) -> assertThat(named.get(picture)).contains(name));
  }

  @Test
  void printsAJsonObjectAPicture() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Path large = folder.resolve("large.png");
    Pixels picture = new ImageLoader().load(BEAR);
    ImageWriter.png(picture.resize(1536, 768), large);
    Path none = folder.resolve("none.png");
    ImageWriter.png(new Pixels(40, 30, new byte[3 * 40 * 30]), none);

    Run run = Run.of("detect", "--format", "json", BEAR, bad, large, none);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(bad.toString());
    assertThat(run.outLines()).hasSize(3);
    JsonNode bear = json.readTree(run.outLines().get(0));
    assertThat(bear.fieldNames()).toIterable().containsExactly("image", "objects");
    assertThat(bear.get("image").textValue()).isEqualTo(BEAR.toString());
    JsonNode object = bear.get("objects").get(0);
    assertThat(object.fieldNames()).toIterable().containsExactly("name", "score", "box");
    assertThat(object.get("name").textValue()).isEqualTo("bear");
    assertThat(object.get("score").doubleValue()).isCloseTo(0.96526, within(1e-4));
    assertThat(object.get("box").fieldNames())
        .toIterable()
        .containsExactly("x", "y", "width", "height");
    JsonNode wide = json.readTree(run.outLines().get(1)).get("objects").get(0).get("box");
    JsonNode box = object.get("box"); // the same share of a picture of another shape
    assertThat(wide.get("width").doubleValue() / 1536)
        .isCloseTo(box.get("width").doubleValue() / 256, within(0.05));
    assertThat(wide.get("height").doubleValue() / 768)
        .isCloseTo(box.get("height").doubleValue() / 256, within(0.05));
    assertThat(json.readTree(run.outLines().get(2)).get("objects")).isEmpty();
  }

  @Test
  void printsCocosResults() throws IOException {
    Path bear = Files.copy(BEAR, folder.resolve("COCO_val2014_000000000285.jpg"));
    Path kites = Files.copy(SAMPLES.resolve("kite.jpg"), folder.resolve("kites.jpg"));

    Run run = Run.of("detect", "--format", "coco", "--threshold", 0.8, bear, kites);

    assertThat(run.code()).isZero();
    JsonNode results = json.readTree(run.out());
    assertThat(results).hasSize(3);
    assertThat(results.get(0).fieldNames())
        .toIterable()
        .containsExactly("image_id", "category_id", "bbox", "score");
    assertThat(results.get(0).get("image_id").intValue()).isEqualTo(285);
    assertThat(results.get(0).get("category_id").intValue()).isEqualTo(23);
    assertThat(results.get(0).get("bbox")).hasSize(4);
    assertThat(results.get(1).get("image_id").textValue()).isEqualTo("kites.jpg");
    assertThat(Run.of("detect", "--format", "coco", "--threshold", 1, bear).out().strip())
        .isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "139.jpg, 139",
    "000000000139.jpg, 139",
    "COCO_train2014_000000000009.png, 9",
    "a/b/000000581929.jpg, 581929",
    "12345678901234567890.jpg, 12345678901234567890.jpg",
    "dog-2.jpg, dog-2.jpg",
    "dog, dog",
    "7, 7"
  })
  void aPicturesIdIsCocosOrItsName(String file, String id) {
    assertThat(ObjectPrinter.imageId(Path.of(file))).hasToString(id);
  }

  @Test
  void theBestOfSubfoldersFromTheThresholdOn() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.copy(SAMPLES.resolve("kite.jpg"), inner.resolve("kite.jpg"));
    assertThat(Run.of("detect", folder).code()).isEqualTo(1);

    assertThat(Run.of("detect", "-r", folder).outLines()).hasSizeGreaterThan(3);
    assertThat(Run.of("detect", "-r", "--threshold", 0.85, folder).outLines()).hasSize(1);
    assertThat(Run.of("detect", "-r", "--threshold", 0.3, "--most", 2, folder).outLines())
        .hasSize(2);
  }

  @Test
  void drawsTheBoxes() throws IOException {
    Path boxes = folder.resolve("new/boxes");

    Run run = Run.of("detect", "--explain", boxes, "--format", "json", BEAR);

    assertThat(run.code()).isZero();
    Path drawn = boxes.resolve("bear.png");
    assertThat(run.err()).contains(drawn.toString());
    assertThat(json.readTree(run.out()).get("explanation").textValue()).isEqualTo(drawn.toString());
    Pixels sheet = new ImageLoader().load(drawn);
    assertThat(sheet.width()).isEqualTo(640);
    assertThat(sheet.height()).isEqualTo(640);
    int orange = 0;
    for (int at = 0; at < sheet.rgb().length; at += 3) {
      if ((sheet.rgb()[at] & 0xff) == 0xe6 && (sheet.rgb()[at + 1] & 0xff) == 0x9f) {
        orange++;
      }
    }
    assertThat(orange).isGreaterThan(1000);
  }
}
