package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SidecarLayoutTest {
  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void foldersGiveTheSplitAndOrphansAreNamed() throws IOException {
    write("train/deep/cats/a.jpg", "");
    write("train/deep/cats/a.txt", "\uFEFFa cat\r\n\r\nthe cat\r\n");
    write("train/b.PNG", "");
    write("train/b.txt", "tag, tag");
    write("train/b.caption", "a bird\n");
    write("validation/c.webp", "");
    write("validation/c.TXT", "a car");
    write("validation/d.jpg", "");
    write("README.txt", "read me");

    CaptionDataset dataset = CaptionDatasets.open(folder, null, 1);

    assertThat(dataset.layout()).isEqualTo("sidecar");
    assertThat(dataset.images())
        .extracting(CaptionedImage::id, CaptionedImage::split, CaptionedImage::captions)
        .containsExactlyInAnyOrder(
            tuple("train/deep/cats/a.jpg", Split.TRAIN, List.of("a cat", "the cat")),
            tuple("train/b.PNG", Split.TRAIN, List.of("a bird")),
            tuple("validation/c.webp", Split.VAL, List.of("a car")));
    assertThat(dataset.problems())
        .extracting(problem -> problem.file().getFileName().toString())
        .containsExactlyInAnyOrder("d.jpg", "README.txt");
  }

  /** As {@code caption --sidecar .txt --out DIR} writes them. */
  @Test
  void textsMayLieInATreeOfTheirOwn() throws IOException {
    write("pictures/train/cats/a.jpg", "");
    write("pictures/val/a.jpg", "");
    write("pictures/val/c.jpg", "");
    write("texts/train/cats/a.txt", "a cat");
    write("texts/val/a.txt", "a car");
    write("texts/val/b.txt", "nothing");

    CaptionDataset dataset =
        CaptionDatasets.open(folder.resolve("texts"), folder.resolve("pictures"), 1);

    assertThat(dataset.images())
        .extracting(CaptionedImage::id, CaptionedImage::path, CaptionedImage::captions)
        .containsExactlyInAnyOrder(
            tuple(
                "train/cats/a.jpg", folder.resolve("pictures/train/cats/a.jpg"), List.of("a cat")),
            tuple("val/a.jpg", folder.resolve("pictures/val/a.jpg"), List.of("a car")));
    assertThat(dataset.problems())
        .extracting(problem -> problem.file().getFileName().toString())
        .containsExactlyInAnyOrder("c.jpg", "b.txt");
  }

  @Test
  void whatCannotBeReadFarDownIsNamed() throws IOException {
    write("a/b/c/d/x.jpg", "");
    write("a/b/c/d/x.txt", "a cat");
    Files.createSymbolicLink(folder.resolve("a/b/c/loop"), folder);

    assertThat(CaptionDatasets.open(folder, null, 1).problems())
        .extracting(Problem::kind, problem -> problem.file().getFileName().toString())
        .containsExactly(tuple(Problem.Kind.UNREADABLE, "loop"));
  }

  @Test
  void otherLayoutsComeFirst() throws IOException {
    write("images/a.jpg", "");
    write("images/a.txt", "beside");
    write("captions.txt", "image,caption\na.jpg,in the table\n");

    assertThat(CaptionDatasets.open(folder, null, 1).layout()).isEqualTo("kaggle");
  }

  @Test
  void textsWithoutPicturesAreNoDataSet() throws IOException {
    write("requirements.txt", "x");
    write("a.jpg", "");

    assertThatThrownBy(() -> CaptionDatasets.open(folder, null, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no known caption file");
  }
}
