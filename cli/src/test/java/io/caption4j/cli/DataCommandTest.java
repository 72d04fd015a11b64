package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  private static final Path UCM = Path.of("..", "samples", "ucm");

  @TempDir Path folder;

  @Test
  void theSampleDataSetIsDescribedAndMayBeTrainedOn() {
    Run run = Run.of("data", UCM);

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .isEqualTo("caption4j: next: caption4j train --data %s --out my-run\n", UCM);
    assertThat(run.out().replaceAll(" +", " "))
        .contains("layout karpathy\n")
        .contains("pictures in " + UCM.resolve("images") + "\n")
        .contains("train 147 147 735\n")
        .contains("val 63 63 315\n")
        .contains("captions a picture: 5 at least, 5.00 on average, 5 at most\n")
        .contains("nothing wrong was found\n");
    assertThat(run.out()).containsPattern("(?m)^ +8 +\\d+  #+$").containsPattern("100\\.00 %");
  }

  @Test
  void problemsAreListedUpToAsManyAsAskedFor() throws IOException {
    Files.createFile(folder.resolve("b.jpg")); // another data set's, above this one
    folder = Files.createDirectory(folder.resolve("set"));
    StringBuilder text = new StringBuilder("image,caption\n");
    for (int i = 0; i < 5; i++) {
      text.append("p").append(i).append(".jpg,A dog , without quotes\n");
    }
    text.append("a.jpg,A dog\nb.jpg,A cat\nc.jpg,A man\n");
    Path file = Files.writeString(folder.resolve("captions.txt"), text);

    Run run = Run.of("data", folder, "--most", 2);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("remark          " + file + " has no split; drew one with seed 1")
        .contains(
            """
            broken lines or entries: 5
              %1$s line 2: found 3 fields, expected image,caption; a caption with commas needs quotes: 'p0.jpg,A dog , without quotes'.
              %1$s line 3: found 3 fields, expected image,caption; a caption with commas needs quotes: 'p1.jpg,A dog , without quotes'.
              and 3 more
            captioned pictures without a file: 3
              %2$s: there is no such file.
            """
                .formatted(file, folder.resolve("a.jpg")));
    assertThat(run.err())
        .contains("None of the 1 pictures of split 'train' can be read")
        .contains("it cannot be trained on.")
        .doesNotContain("next:");
  }

  @Test
  void jsonHoldsTheSame() throws IOException {
    Run run = Run.of("data", UCM, "--json", "--check");

    assertThat(run.code()).isZero();
    assertThat(run.outLines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("layout").asText()).isEqualTo("karpathy");
    assertThat(json.at("/splits/train/readable").asInt()).isEqualTo(147);
    assertThat(json.at("/splits/test/pictures").asInt()).isZero();
    assertThat(json.get("decoded").asBoolean()).isTrue();
    assertThat(json.at("/captionsPerPicture/mean").asDouble()).isEqualTo(5);
    int captions = 0;
    for (JsonNode count : json.get("captionsByWords")) {
      captions += count.asInt();
    }
    assertThat(captions).isEqualTo(147 * 5 + 63 * 5);
    assertThat(json.at("/vocabulary/0/trainingCoverage").asDouble()).isEqualTo(1);
    assertThat(json.get("problems")).isEmpty();
    assertThat(json.get("trainable").asBoolean()).isTrue();
  }

  @Test
  void aDataSetThatTrainingRefusesIsStillLookedThrough() throws IOException {
    String image =
        "{\"filename\": \"a.jpg\", \"split\": \"%s\", \"sentences\": [{\"raw\": \"A dog\"}]}";
    Files.writeString(
        folder.resolve("dataset_x.json"),
        "{\"images\": [%s, %s]}".formatted(image.formatted("train"), image.formatted("val")));

    Run run = Run.of("data", folder, "--json");

    assertThat(run.code()).isEqualTo(1);
    JsonNode problem = new ObjectMapper().readTree(run.out()).at("/problems/0");
    assertThat(problem.get("kind").asText()).isEqualTo("two-splits");
    assertThat(problem.get("refused").asBoolean()).isTrue();
    assertThat(problem.at("/examples/0/place").asText()).isEqualTo("a.jpg");
  }
}
