package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileErrorsTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new NoSuchFileException("x"), "there is no such file or folder"),
        arguments(new AccessDeniedException("x"), "permission denied"),
        arguments(new FileSystemLoopException("x"), "the link leads back to a folder above it"),
        arguments(new NotDirectoryException("x"), "it is not a folder"),
        arguments(
            new FileSystemException("x", null, "No space left on device"),
            "No space left on device"),
        arguments(new FileSystemException("x", null, "File name too long"), "the name is too long"),
        arguments(
            new FileSystemException("a/" + "b".repeat(256), null, "Dosya ismi çok uzun"),
            "the name is too long"),
        arguments(
            new FileSystemException("x", null, "? or unable to access attributes of symbolic link"),
            "too many levels of links"),
        arguments(new IOException("Is a directory"), "it is a folder"),
        arguments(new FileNotFoundException("x (Permission denied)"), "permission denied"),
        arguments(new IOException((String) null), "IOException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theReasonIsNotTheNameOnceMore(Exception failure, String reason) {
    assertThat(FileErrors.reason(failure)).isEqualTo(reason);
  }

  @Test
  void aPictureSaysWhyItCannotBeRead(@TempDir Path folder) {
    assertThatThrownBy(() -> new ImageLoader().read(folder))
        .hasMessage(folder + " is a folder; expected a picture.");
    assertThatThrownBy(() -> new ImageLoader().read(folder.resolve("a".repeat(300))))
        .hasMessageEndingWith(": the name is too long.");
  }
}
