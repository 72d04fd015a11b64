package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            org.assertj.core.groups.Tuple.tuple(
                "train/deep/cats/a.jpg", Split.TRAIN, java.util.List.of("a cat", "the cat")),
            org.assertj.core.groups.Tuple.tuple(
                "train/b.PNG", Split.TRAIN, java.util.List.of("a bird")),
            org.assertj.core.groups.Tuple.tuple(
                "validation/c.webp", Split.VAL, java.util.List.of("a car")));
    assertThat(dataset.problems())
        .extracting(problem -> problem.file().getFileName().toString())
        .containsExactlyInAnyOrder("d.jpg", "README.txt");
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
