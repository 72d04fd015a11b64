package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(ImageFiles.find(List.of(text, folder), true).pictures())
        .containsExactly(
            text,
            folder.resolve("a.png"),
            folder.resolve("b.JPG"),
            folder.resolve("sub").resolve("c.webp"));
  }

  @Test
  void missingPathsAndFoldersWithoutPicturesAreProblems(@TempDir Path folder) {
    FoundImages found = ImageFiles.find(List.of(folder.resolve("none"), folder), true);
    assertThat(found.pictures()).isEmpty();
    assertThat(found.problems()).hasSize(2);
    assertThat(found.problems().get(0)).startsWith("There is no file or folder").contains("none");
    assertThat(found.problems().get(1)).contains("has no pictures");
  }
}
