package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of classify one after the other, as a user would, on pictures of samples/ucm. */
class ClassifyTest {
  private static final Path IMAGES = Path.of("..", "samples", "ucm", "images");
  private static final List<String> CLASSES = List.of("agricultural", "beach", "forest");

  @TempDir Path folder;

  /** Three classes of UCM, whose pictures are numbered class by class, a hundred each. */
  private Path table() throws IOException {
    List<String> lines = new ArrayList<>(List.of("image,label,split"));
    List<Integer> numbers = List.of(0, 3, 7); // of the classes among UCM's
    for (int k = 0; k < CLASSES.size(); k++) {
      int seen = 0;
      for (int i = 100 * numbers.get(k) + 1; i <= 100 * numbers.get(k) + 100; i++) {
        if (Files.exists(IMAGES.resolve(i + ".jpg")) && seen < 6) {
          String split = seen++ < 4 ? "train" : "val";
          lines.add("%d.jpg,%s,%s".formatted(i, CLASSES.get(k), split));
        }
      }
    }
    assertThat(lines).hasSize(19);
    return Files.write(folder.resolve("labels.csv"), lines);
  }

  private Run train(Path table, Path images, Path out, String method, Object... more) {
    List<Object> words = new ArrayList<>(List.of("classify", "train", "--data", table));
    words.addAll(List.of("--images", images, "--out", out, "--method", method));
    words.addAll(List.of("--cache", folder.resolve("cache")));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  @Test
  void trainsEvaluatesAndPredicts() throws IOException {
    Path table = table();
    Path out = folder.resolve("run");
    Path model = out.resolve("model.c4k");
    Run train = train(table, IMAGES, out, "linear");
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(train.outLines()).contains("model    " + model);
    assertThat(train.err())
        .contains("next: caption4j classify predict %s PICTURE...".formatted(model));
    assertThat(out.resolve("log.jsonl")).content().contains("\"accuracy\":1.0");

    Run evaluate =
        Run.of(
            "classify",
            "evaluate",
            model,
            "--data",
            table,
            "--images",
            IMAGES,
            "--split",
            "val",
            "--cache",
            folder.resolve("cache"));
    assertThat(evaluate.code()).as(evaluate.err()).isZero();
    assertThat(evaluate.outLines())
        .startsWith("accuracy 100.00 % (6 of 6)")
        .contains("beach        100.00 % (2 of 2)");
    Run csv =
        Run.of(
            "classify",
            "evaluate",
            model,
            "--data",
            table,
            "--images",
            IMAGES,
            "--split",
            "train",
            "--cache",
            folder.resolve("cache"),
            "--format",
            "csv");
    assertThat(csv.outLines())
        .containsExactly(
            "true\\predicted,agricultural,beach,forest",
            "agricultural,4,0,0",
            "beach,0,4,0",
            "forest,0,0,4");

    Path broken = Files.write(folder.resolve("broken.jpg"), new byte[] {1, 2});
    Path forest = IMAGES.resolve("706.jpg");
    Run predict = Run.of("classify", "predict", model, forest, broken, "--top", 2);
    assertThat(predict.code()).isEqualTo(1);
    assertThat(predict.outLines()).singleElement().asString().startsWith(forest + "\tforest 0.");
    assertThat(predict.out().split(", ")).hasSize(2);
    assertThat(predict.err()).contains("broken.jpg");
    Run json = Run.of("classify", "predict", model, forest, "--json");
    assertThat(json.outLines())
        .singleElement()
        .asString()
        .startsWith("{\"image\":\"" + forest + "\",\"classes\":[{\"label\":\"forest\",")
        .contains("\"probability\":0.");
  }

  @Test
  void takesAnyEncoderByItsOption() throws IOException {
    Path out = folder.resolve("lower");
    Run train = train(table(), IMAGES, out, "linear", "--layer", "block5a_project_conv");
    assertThat(train.code()).as(train.err()).isZero();
    Path forest = IMAGES.resolve("706.jpg");
    Run predict = Run.of("classify", "predict", out.resolve("model.c4k"), forest);
    assertThat(predict.outLines()).singleElement().asString().startsWith(forest + "\tforest 0.");
  }

  @Test
  void saysWhatIsWrongInALine() throws IOException {
    Run run = train(table(), folder, folder.resolve("run"), "head");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("labels.csv line 2: there is no picture", "(18 of 18 are missing)", "--images")
        .doesNotContain("\tat ");
    Run share = train(table(), IMAGES, folder.resolve("run"), "tune", "--weight-average", 1);
    assertThat(share.code()).isEqualTo(2);
    assertThat(share.err()).contains("The weight average must be 0 to below 1, found 1.0.");
    Run smoothed = train(table(), IMAGES, folder.resolve("run"), "head", "--label-smoothing", -0.1);
    assertThat(smoothed.err()).contains("The label smoothing must be 0 to below 1, found -0.1.");
    Run none = Run.of("classify", "predict", folder.resolve("no.c4k"), folder);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("There is no classifier");
  }
}
