package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder in which something cannot be read and something is no picture. */
@DisabledOnOs(OS.WINDOWS)
class FoldersTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(Path.of("..", "samples", "skier.jpg"), pictures.resolve("a.jpg"));
    Files.createFile(pictures.resolve("b.heic"));
    Files.createSymbolicLink(pictures.resolve("loop"), pictures);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caption -r DIR/pictures",
        "detect -r DIR/pictures --threshold 0.1",
        "features -r --images DIR/pictures --out DIR/out.npy --pooled",
        "search a dog -r --images DIR/pictures --index DIR/index",
        "align show -r DIR/pictures --caption dog"
      })
  void theRestIsDoneAndTheExitCodeIsOne(String line) {
    Stream<String> arguments = Stream.of(line.split(" ")); // the folder may have blanks
    Run run = Run.of(arguments.map(word -> word.replace("DIR", folder.toString())).toArray());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("loop: the link leads back to a folder above it.")
        .contains("1 file is not a picture that caption4j reads: 1 HEIC.");
    if (line.startsWith("features")) {
      assertThat(folder.resolve("out.txt")).hasContent("a.jpg");
    } else {
      assertThat(run.out()).contains("a.jpg");
    }
  }
}
