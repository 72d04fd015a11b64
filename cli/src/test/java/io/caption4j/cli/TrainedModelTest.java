package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands one after the other, as a user would, on a few pictures of samples/ucm. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainedModelTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final int EVERY = 10; // one picture of each ten

  private Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private Path data;
  private Path out;
  private Run training;

  @BeforeAll
  void train(@TempDir Path temporary) throws IOException {
    folder = temporary;
    data = folder.resolve("dataset_few.json");
    out = folder.resolve("run");
    JsonNode all = json.readTree(SAMPLES.resolve("ucm/dataset_ucm.json").toFile());
    ArrayNode few = json.createArrayNode();
    for (int i = 0; i < all.get("images").size(); i += EVERY) {
      ObjectNode image = all.get("images").get(i).deepCopy();
      few.add(image.put("split", i % (3 * EVERY) == 0 ? "val" : "train"));
    }
    json.writeValue(data.toFile(), json.createObjectNode().set("images", few));
    training = train("--epochs", "2");
  }

  private Run train(Object... more) {
    return train(out, more);
  }

  private Run train(Path to, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--data", data, "--out", to));
    args.addAll(List.of("--images", SAMPLES.resolve("ucm/images"), "--cache", cache()));
    args.addAll(List.of("--embedding", 24, "--state", 24, "--min-count", 1, "--batch", 20));
    args.addAll(List.of(more));
    return Run.of(args.toArray());
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Path model() {
    return out.resolve("model.c4j");
  }

  @Test
  void trainingNamesItsModelAndTellsOfEachEpochOnStderr() {
    assertThat(training.err()).contains("epoch 1: loss ").contains("epoch 2: loss ");
    assertThat(training.code()).isZero();
    assertThat(training.outLines().get(0)).isEqualTo("model    " + model());
    assertThat(model()).isNotEmptyFile();
    assertThat(out.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void modelsListsIt() {
    Run run = Run.of("models", out);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(model() + "  ")
        .contains("  trained on      karpathy dataset_few.json\n")
        .contains("CIDEr-D greedy ");
  }

  @Test
  void aRunIsNotTouchedUnlessAsked() throws IOException {
    byte[] before = Files.readAllBytes(model());

    Run again = train("--epochs", "2");

    assertThat(again.code()).isEqualTo(1);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).contains(out.toString()).contains("--resume").contains("--overwrite");
    assertThat(model()).hasBinaryContent(before);
  }

  @Test
  void captionPrintsAPathATabAndACaption() {
    Path bear = SAMPLES.resolve("bear.jpg");

    Run run = Run.of("caption", "--model", model(), bear, bear);

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(2).allMatch(line -> line.startsWith(bear + "\t"));
  }

  @Test
  void captionOfSeveralPicturesGoesOnAfterABadOne() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Path bear = SAMPLES.resolve("bear.jpg");
    Path kite = SAMPLES.resolve("kite.jpg");

    Run run = Run.of("caption", "--model", model(), "--top", 2, bear, bad, kite);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(bad.toString());
    assertThat(run.outLines()).hasSize(4);
    assertThat(run.outLines().subList(0, 2)).allMatch(line -> line.startsWith(bear + "\t"));
    assertThat(run.outLines().subList(2, 4)).allMatch(line -> line.startsWith(kite + "\t"));
    assertThat(run.out()).containsPattern("\t-\\d+\\.\\d{3}\n");
  }

  @Test
  void captionAsJsonIsTheContract() throws IOException {
    Run run = Run.of("caption", "--model", model(), "--top", 3, "--format", "json", SAMPLES);

    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSizeBetween(12, 16);
    JsonNode first = json.readTree(run.outLines().get(0));
    assertThat(first.fieldNames()).toIterable().containsExactly("image", "captions");
    assertThat(first.get("image").textValue())
        .isEqualTo(SAMPLES.resolve("airplane.jpg").toString());
    assertThat(first.get("captions")).hasSize(3);
    for (JsonNode caption : first.get("captions")) {
      assertThat(caption.fieldNames())
          .toIterable()
          .containsExactly("text", "logProbability", "words");
      assertThat(caption.get("logProbability").doubleValue()).isNegative();
      double product = 1;
      List<String> words = new ArrayList<>();
      for (JsonNode word : caption.get("words")) {
        assertThat(word.fieldNames()).toIterable().containsExactly("text", "probability");
        words.add(word.get("text").textValue());
        product *= word.get("probability").doubleValue();
      }
      assertThat(String.join(" ", words)).isEqualTo(caption.get("text").textValue());
      // That of the END is missing.
      assertThat(Math.log(product))
          .isGreaterThan(caption.get("logProbability").doubleValue() - 1e-9);
    }
  }

  @Test
  void sampledCaptionsAreThoseOfTheSeedWhateverThePicturesBeside() {
    Path bear = SAMPLES.resolve("bear.jpg");
    List<Object> args = new ArrayList<>(List.of("caption", "--model", model(), "--top", 5));
    args.addAll(List.of("--temperature", 1.5, "--top-p", 0.95, "--block-trigrams"));
    args.add(SAMPLES.resolve("kite.jpg"));
    args.add(bear);
    List<String> captions = Run.of(args.toArray()).outLines();
    assertThat(captions).hasSize(10).doesNotHaveDuplicates();

    args.remove(args.size() - 2);
    assertThat(Run.of(args.toArray()).outLines()).isEqualTo(captions.subList(5, 10));
    args.addAll(List.of("--sample-seed", 2));
    assertThat(Run.of(args.toArray()).outLines()).hasSize(5).isNotEqualTo(captions.subList(5, 10));
  }

  @Test
  void diverseCaptionsDifferMore() {
    List<Object> args = new ArrayList<>(List.of("caption", "--model", model(), "--top", 4));
    args.addAll(List.of("--beam", 4, SAMPLES.resolve("bear.jpg")));
    List<String> plain = Run.of(args.toArray()).outLines();
    args.addAll(List.of("--diversity", 2));
    Run diverse = Run.of(args.toArray());

    assertThat(diverse.code()).isZero();
    assertThat(diverse.outLines()).doesNotHaveDuplicates().isNotEqualTo(plain);
  }

  @Test
  void drawsWhereAModelWithAttentionLooked() {
    Path where = folder.resolve("explained");
    Run run =
        Run.of("caption", "--model", model(), "--explain", where, SAMPLES.resolve("bear.jpg"));

    assertThat(run.code()).isZero();
    assertThat(where.resolve("bear.png")).isNotEmptyFile();
  }

  @Test
  void theLaterPhasesGoOnFromAModel() {
    Path tuned = folder.resolve("tuned");
    Object[] common = {"train", "--data", data, "--images", SAMPLES.resolve("ucm/images")};
    List<Object> unfreeze = new ArrayList<>(List.of(common));
    unfreeze.addAll(List.of("--cache", cache(), "--out", tuned, "--from", model()));
    unfreeze.addAll(List.of("--unfreeze", 1, "--epochs", 1));
    assertThat(Run.of(unfreeze.toArray()).code()).isZero();
    List<Object> critical = new ArrayList<>(List.of(common));
    critical.addAll(List.of("--cache", cache(), "--out", folder.resolve("critical")));
    critical.addAll(List.of("--from", tuned.resolve("model.c4j"), "--self-critical"));
    critical.addAll(List.of("--samples", 2, "--validations", 1));
    Run run = Run.of(critical.toArray());
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("epoch 1: reward ");
  }

  @Test
  void aModelWithoutAttentionExplainsNothing() {
    Path other = folder.resolve("show-tell");
    train(other, "--epochs", "1", "--decoder", "show-tell");
    Path where = folder.resolve("unexplained");
    Run run =
        Run.of(
            "caption",
            "--model",
            other.resolve("model.c4j"),
            "--explain",
            where,
            SAMPLES.resolve("bear.jpg"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .contains("show-tell")
        .contains("--decoder attention");
    assertThat(where).doesNotExist();
  }

  @Test
  void evaluateWritesResultsThatScoreAgrees() throws IOException {
    Path results = folder.resolve("results.json");
    List<Object> where = List.of("--data", data, "--images", SAMPLES.resolve("ucm/images"));
    List<Object> args = new ArrayList<>(List.of("evaluate", "--split", "val", "--json"));
    args.addAll(where);
    args.addAll(List.of("--model", model(), "--out", results, "--cache", cache()));

    Run evaluation = Run.of(args.toArray());
    Run score =
        Run.of("score", "--references", data, "--split", "val", "--candidates", results, "--json");

    assertThat(evaluation.code()).isZero();
    JsonNode scores = json.readTree(evaluation.out());
    assertThat(scores.get("images").intValue()).isEqualTo(json.readTree(results.toFile()).size());
    assertThat(score.out()).isEqualTo(evaluation.out());
    assertThat(Run.of(args.toArray()).out()).isEqualTo(evaluation.out());
  }

  @Test
  void picturesThatAreNowhereAreAnErrorThatSaysSo() {
    Run run =
        Run.of(
            "evaluate",
            "--data",
            data,
            "--images",
            folder,
            "--split",
            "val",
            "--model",
            model(),
            "--cache",
            cache());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--images");
  }

  @Test
  void infoTellsHowItWasTrained() throws IOException {
    assertThat(Run.of("info", model()).out())
        .contains("efficientnet-lite0")
        .contains("dataset_few.json")
        .containsPattern("embedding, state\\s+24, 24");
    JsonNode card = json.readTree(Run.of("info", model(), "--json").out());
    assertThat(card.get("training").get("epochs").intValue()).isEqualTo(2);
  }

  @Test
  void aModelFileCutShortIsAnErrorOfOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(model());
    Path cut = folder.resolve("cut.c4j");
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));

    for (String command : List.of("info", "caption")) {
      Run run =
          command.equals("info")
              ? Run.of("info", cut)
              : Run.of("caption", "--model", cut, SAMPLES.resolve("bear.jpg"));
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).singleElement().asString().contains(cut.toString());
    }
  }
}
