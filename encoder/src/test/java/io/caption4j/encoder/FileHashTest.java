package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a training says of a picture that it cannot read. */
class FileHashTest {
  @TempDir Path folder;

  private void refuses(String name, String message) {
    Path file = folder.resolve(name);
    assertThatThrownBy(() -> FileHash.sha256(file))
        .isInstanceOf(ImageException.class)
        .hasMessage(message.replace("X", file.toString()));
  }

  @Test
  void whatIsNoFileIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("folder.jpg"));
    refuses("folder.jpg", "X is a folder; expected a picture.");
    refuses("none.jpg", "There is no picture X.");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whyALinkCannotBeFollowedIsTold() throws IOException {
    Files.createSymbolicLink(folder.resolve("away.jpg"), Path.of("none.jpg"));
    Files.createSymbolicLink(folder.resolve("round.jpg"), Path.of("round.jpg"));
    refuses("away.jpg", "Cannot read X: the link leads nowhere.");
    refuses("round.jpg", "Cannot read X: too many levels of links.");
  }
}
