package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caption4j.align.Box;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From captions to captions of regions: snippets, training, what is where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegionsTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final int TRAIN = 9;
  private static final int VAL = 3;

  private final ObjectMapper json = new ObjectMapper();
  private Path folder;
  private Path snippets;
  private Path model;
  private Run making;
  private Run training;

  @BeforeAll
  void makeAndTrain(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path data = folder.resolve("dataset_few.json");
    JsonNode all = json.readTree(SAMPLES.resolve("ucm/dataset_ucm.json").toFile());
    ArrayNode few = json.createArrayNode();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < TRAIN + VAL + 1; i++) {
      ObjectNode image = (ObjectNode) all.get("images").get(i);
      few.add(image.put("split", i < TRAIN ? "train" : i < TRAIN + VAL ? "val" : "test"));
      for (JsonNode sentence : image.get("sentences")) {
        words.addAll(new CaptionTokenizer().tokenize(sentence.get("raw").textValue()));
      }
    }
    json.writeValue(data.toFile(), json.createObjectNode().set("images", few));
    Path aligner = UntrainedAligner.write(folder.resolve("model.c4a"), words);
    snippets = folder.resolve("snippets");
    making =
        Run.of(
            "align",
            "snippets",
            "--data",
            data,
            "--images",
            SAMPLES.resolve("ucm/images"),
            "--out",
            snippets,
            "--model",
            aligner,
            "--beta",
            0.01,
            "--per-picture",
            3,
            "--least-score",
            -100);
    Path run = folder.resolve("run");
    training =
        Run.of(
            "train",
            "--data",
            snippets,
            "--decoder",
            "show-tell",
            "--out",
            run,
            "--cache",
            folder.resolve("cache"),
            "--embedding",
            16,
            "--state",
            16,
            "--min-count",
            1,
            "--batch",
            10,
            "--epochs",
            2);
    model = run.resolve("model.c4j");
  }

  @Test
  void snippetsAreADataSetOfPartsOfTheTrainingAndValidationPictures() {
    assertThat(making.code()).isZero();
    assertThat(making.outLines())
        .containsExactly(snippets.resolve("dataset_regions.json").toString());
    assertThat(making.err()).contains("next: caption4j train --data " + snippets);
    List<CaptionedImage> images = CaptionDatasets.open(snippets, null, 1).images();
    assertThat(images)
        .extracting(CaptionedImage::split)
        .contains(Split.TRAIN, Split.VAL)
        .doesNotContain(Split.TEST);
    assertThat(images).hasSizeBetween(TRAIN + VAL, 3 * (TRAIN + VAL));
    assertThat(images).allMatch(image -> Files.exists(image.path()));
    assertThat(images)
        .flatExtracting(CaptionedImage::captions)
        .allMatch(text -> text.contains(" "));
  }

  @Test
  void aWholeDataSetIsNotTouchedUnlessAsked() {
    Run again = Run.of("align", "snippets", "--data", "none", "--out", snippets);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err().lines()).singleElement().asString().contains("--overwrite");
  }

  @Test
  void saysWhatIsWhere() throws IOException {
    assertThat(training.code()).isZero();
    Path bear = SAMPLES.resolve("bear.jpg");
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Path where = folder.resolve("where");

    Run run =
        Run.of(
            "caption",
            "--regions",
            "--region-model",
            model,
            "--format",
            "json",
            "--explain",
            where,
            "--region-overlap",
            0.3,
            bad,
            bear);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(bad.toString());
    assertThat(run.outLines()).hasSize(1);
    JsonNode said = json.readTree(run.out());
    assertThat(said.fieldNames()).toIterable().containsExactly("image", "regions", "explanation");
    assertThat(said.get("regions")).hasSizeBetween(1, 5);
    Pixels picture = new ImageLoader().load(bear);
    Set<String> texts = new HashSet<>();
    List<Box> boxes = new ArrayList<>();
    for (JsonNode region : said.get("regions")) {
      assertThat(region.fieldNames()).toIterable().containsExactly("text", "logProbability", "box");
      assertThat(texts.add(region.get("text").textValue())).isTrue();
      Box box = json.treeToValue(region.get("box"), Box.class);
      box.within(picture.width(), picture.height());
      assertThat(boxes).allMatch(other -> other.overlap(box) <= 0.3);
      boxes.add(box);
    }
    assertThat(new ImageLoader().load(where.resolve("bear.png")).width()).isGreaterThan(320);
  }

  @Test
  void textIsALineForEachPartOfAFile() throws IOException {
    Path bear = SAMPLES.resolve("bear.jpg");
    Path boxes = folder.resolve("boxes.json");
    Files.writeString(boxes, "{\"bear.jpg\": [[5, 6, 70, 80]]}");
    Run run =
        Run.of(
            "caption",
            "--regions",
            "--region-model",
            model,
            "--region-boxes",
            boxes,
            "--most-regions",
            1,
            bear);
    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.out())
        .startsWith(bear + "\t")
        .containsPattern("\t\\d+,\\d+,\\d+,\\d+\t[^\t]+\t-\\d+\\.\\d{3}\n$");
  }

  @Test
  void withoutAModelOneLineSaysHowToMakeOne() {
    Run run = Run.of("caption", "--regions", SAMPLES.resolve("bear.jpg"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("align snippets")
        .contains("train --data")
        .contains("--region-model");
  }
}
