package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.align.Aligner;
import io.caption4j.align.Alignment;
import io.caption4j.align.AlignmentSheet;
import io.caption4j.align.Box;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlignShowTest {
  private static final Path SKIER = Path.of("..", "samples", "skier.jpg");
  private static final String CAPTION = "A skier in Red, on the snow.";
  private static final List<String> TOKENS =
      List.of("a", "skier", "in", "red", "on", "the", "snow");

  private final ObjectMapper json = new ObjectMapper();
  private Path folder;
  private Path model;

  @BeforeAll
  void model(@TempDir Path temporary) {
    folder = temporary;
    model = UntrainedAligner.write(folder.resolve("model.c4a"), TOKENS);
  }

  private Run show(Object... more) {
    List<Object> args = new ArrayList<>(List.of("align", "show", "--model", model));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  private Alignment expected(Pixels picture, double beta) {
    try (Aligner aligner = Aligner.load(model, EncoderEngine.AUTO)) {
      return Alignment.of(aligner.regions(picture), TOKENS, aligner.words(TOKENS), beta);
    }
  }

  private Box box(JsonNode node) throws IOException {
    return json.treeToValue(node, Box.class);
  }

  @Test
  void jsonTellsWordsSnippetsAndTheirBoxes() throws IOException {
    Path out = folder.resolve("drawn");
    Run run = show("--caption", CAPTION, "--beta", 0.05, "--out", out, SKIER);

    assertThat(run.code()).isZero();
    Pixels picture = new ImageLoader().load(SKIER);
    Alignment expected = expected(picture, 0.05);
    assertThat(run.outLines()).hasSize(1);
    JsonNode shown = json.readTree(run.out());
    assertThat(shown.fieldNames())
        .toIterable()
        .containsExactly("image", "caption", "score", "words", "snippets", "picture");
    assertThat(shown.get("image").textValue()).isEqualTo(SKIER.toString());
    assertThat(shown.get("caption").textValue()).isEqualTo(CAPTION);
    assertThat(shown.get("score").doubleValue()).isCloseTo(expected.total(), within(1e-6));
    assertThat(shown.get("words")).hasSameSizeAs(TOKENS);
    for (int t = 0; t < TOKENS.size(); t++) {
      JsonNode word = shown.get("words").get(t);
      assertThat(word.get("text").textValue()).isEqualTo(TOKENS.get(t));
      assertThat(word.get("score").doubleValue())
          .isCloseTo(expected.words().get(t).score(), within(1e-6));
      assertThat(box(word.get("box"))).isEqualTo(expected.box(expected.words().get(t)));
    }
    int at = 0;
    List<String> texts = new ArrayList<>();
    for (JsonNode snippet : shown.get("snippets")) {
      assertThat(snippet.get("from").intValue()).isEqualTo(at);
      at = snippet.get("to").intValue();
      texts.add(snippet.get("text").textValue());
      assertThat(box(snippet.get("box"))).isEqualTo(expected.box(expected.words().get(at - 1)));
    }
    assertThat(String.join(" ", texts)).isEqualTo(String.join(" ", TOKENS));

    Path drawn = out.resolve("skier.png");
    assertThat(shown.get("picture").textValue()).isEqualTo(drawn.toString());
    assertThat(new ImageLoader().load(drawn).rgb())
        .isEqualTo(AlignmentSheet.draw(picture, expected, 0).rgb());
  }

  @Test
  void aLargeBetaPutsTheCaptionOnOneBox() throws IOException {
    JsonNode shown = json.readTree(show("--caption", CAPTION, "--beta", 1000, SKIER).out());
    assertThat(shown.get("snippets")).hasSize(1);
    assertThat(shown.get("snippets").get(0).get("to").intValue()).isEqualTo(TOKENS.size());
  }

  @Test
  void withoutACaptionTheCaptionerSaysOne() throws IOException {
    Path kite = Path.of("..", "samples", "kite.jpg");
    String said = Run.of("caption", kite).out().strip().split("\t")[1];
    Run run = show(kite);
    assertThat(run.code()).isZero();
    assertThat(json.readTree(run.out()).get("caption").textValue()).isEqualTo(said);
  }

  @Test
  void textIsALineForEachSnippet() {
    Run run = show("--caption", CAPTION, "--beta", 1000, "--format", "text", SKIER, SKIER);
    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(0))
        .startsWith(SKIER + "\t")
        .containsPattern("\t\\d+,\\d+,\\d+,\\d+\ta skier in red on the snow\t-?\\d+\\.\\d{3}$");
  }

  @Test
  void cropsAndBoxesOfAFileTakeThePlaceOfWindows() throws IOException {
    JsonNode crops = json.readTree(show("--caption", CAPTION, "--regions", "crops", SKIER).out());
    JsonNode windows = json.readTree(show("--caption", CAPTION, SKIER).out());
    assertThat(crops.get("score").doubleValue())
        .isNotCloseTo(windows.get("score").doubleValue(), within(1e-4));

    Path boxes = folder.resolve("boxes.json");
    Files.writeString(boxes, "{\"skier.jpg\": [[5, 6, 70, 80]]}");
    Run run = show("--caption", CAPTION, "--regions", boxes, SKIER, Path.of("../samples/kite.jpg"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("kite.jpg")
        .contains("boxes.json");
    Pixels picture = new ImageLoader().load(SKIER);
    for (JsonNode word : json.readTree(run.out()).get("words")) {
      assertThat(box(word.get("box")))
          .isIn(new Box(5, 6, 70, 80), Box.whole(picture.width(), picture.height()));
    }
  }

  @Test
  void aBadPictureDoesNotStopTheOthers() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Run run = show("--caption", CAPTION, bad, SKIER);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.err().lines()).singleElement().asString().contains(bad.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwx zyzz", "", "?!"})
  void aCaptionWithoutAKnownWordIsAnErrorOfOneLine(String caption) {
    Run run = show("--caption", caption, "--out", folder.resolve("none"), SKIER);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains("knows no word");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
