package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
  @Test
  void foldersAreListedSortedAndFilesTakenAsTheyAre(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    for (String name : List.of("b.JPG", "a.png", "notes.txt", "._a.png", "sub/c.webp")) {
      Files.createFile(folder.resolve(name));
    }
    Path text = folder.resolve("notes.txt");
    assertThat(ImageFiles.in(List.of(text, folder)))
        .containsExactly(
            text,
            folder.resolve("a.png"),
            folder.resolve("b.JPG"),
            folder.resolve("sub").resolve("c.webp"));
  }

  @Test
  void missingPathsAndFoldersWithoutPicturesAreErrors(@TempDir Path folder) {
    assertThatThrownBy(() -> ImageFiles.in(List.of(folder.resolve("none"))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> ImageFiles.in(List.of(folder)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no pictures");
  }
}
