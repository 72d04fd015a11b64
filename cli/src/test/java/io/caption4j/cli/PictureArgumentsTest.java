package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureArgumentsTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectory(folder.resolve("inner"));
    for (String name : List.of("b.JPG", "a.png", "notes.txt", ".hidden.jpg", "inner/c.jpg")) {
      Files.createFile(folder.resolve(name));
    }
  }

  private List<String> names(PictureArguments found) {
    return found.pictures().stream().map(p -> folder.relativize(p).toString()).toList();
  }

  @Test
  void aFolderStandsForItsOwnPicturesByName() {
    PictureArguments found = PictureArguments.of(List.of(folder), false);

    assertThat(names(found)).containsExactly("a.png", "b.JPG");
    assertThat(found.problems()).isEmpty();
  }

  @Test
  void recursiveTakesTheFoldersInItToo() {
    PictureArguments found = PictureArguments.of(List.of(folder), true);

    assertThat(names(found))
        .containsExactlyInAnyOrder("a.png", "b.JPG", Path.of("inner", "c.jpg").toString());
  }

  @Test
  void orderOfArgumentsAndRepetitionsAreKept() {
    Path a = folder.resolve("a.png");
    Path notes = folder.resolve("notes.txt");

    PictureArguments found =
        PictureArguments.of(List.of(notes, folder.resolve("none"), a, a), false);

    assertThat(names(found)).containsExactly("notes.txt", "a.png", "a.png");
    assertThat(found.problems()).singleElement().asString().contains("none");
  }
}
