package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

  @Test
  void whatKilledRunsHaveLeftIsSwept() throws IOException {
    Path file = folder.resolve("checkpoint.zip");
    long ended = 4_000_000_000L; // no process has such an id
    long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElseThrow();
    Path dead = Files.createFile(folder.resolve("checkpoint.zip." + ended + ".part"));
    Path living = Files.createFile(folder.resolve("checkpoint.zip." + parent + ".part"));
    Path download = Files.createFile(folder.resolve("checkpoint.zip.part"));
    Path others = Files.createFile(folder.resolve("holiday." + ended + ".part"));

    AtomicFiles.write(file, part -> Files.writeString(part, "whole"));

    assertThat(file).hasContent("whole");
    assertThat(dead).doesNotExist();
    assertThat(living).exists();
    assertThat(download).exists();
    assertThat(others).exists();
  }

  @Test
  void aProcessThatBeganAfterAPartIsNotItsWriter() throws IOException {
    Path file = folder.resolve("checkpoint.zip");
    Path old =
        Files.createFile(
            folder.resolve("checkpoint.zip." + ProcessHandle.current().pid() + ".part"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    AtomicFiles.sweep(file);

    assertThat(old).doesNotExist();
  }
}
