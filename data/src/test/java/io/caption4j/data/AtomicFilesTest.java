package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void replacesAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("new/file.txt");
    AtomicFiles.write(file, part -> Files.writeString(part, "one"));
    AtomicFiles.write(file, part -> Files.writeString(part, "two"));
    assertThat(file).hasContent("two");
    assertThat(file.getParent()).isDirectoryContaining(file::equals).isNotEmptyDirectory();
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void failingLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file.txt"), "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    part -> {
                      Files.writeString(part, "half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
