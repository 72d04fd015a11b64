package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @TempDir Path folder;

  private void make(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.createFile(folder.resolve(name));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksThatLeadNowhereOrBackCostThemselvesAlone() throws IOException {
    make("a.jpg", "sub/b.jpg");
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);
    Files.createSymbolicLink(folder.resolve("dead.jpg"), folder.resolve("none"));
    Files.createSymbolicLink(folder.resolve("one"), folder.resolve("two"));
    Files.createSymbolicLink(folder.resolve("two"), folder.resolve("one"));
    Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("a.jpg"));

    FoundImages found = ImageFiles.find(List.of(folder), true);

    assertThat(found.pictures())
        .containsExactly(
            folder.resolve("a.jpg"), folder.resolve("link.jpg"), folder.resolve("sub/b.jpg"));
    assertThat(found.problems())
        .containsExactlyInAnyOrder(
            "Cannot read %s: the link leads nowhere.".formatted(folder.resolve("dead.jpg")),
            "Cannot read %s: too many levels of links.".formatted(folder.resolve("one")),
            "Cannot read %s: too many levels of links.".formatted(folder.resolve("two")),
            "Cannot read %s: the link leads back to a folder above it."
                .formatted(folder.resolve("sub/up")));
  }

  @Test
  void whatSystemsKeepForThemselvesIsPassedOverInSilence() throws IOException {
    make(
        "a.jpg",
        ".DS_Store",
        "Thumbs.db",
        "__MACOSX/._a.jpg",
        "__MACOSX/a.jpg",
        "@eaDir/a.jpg",
        ".thumbnails/a.jpg",
        ".git/HEAD");

    FoundImages found = ImageFiles.find(List.of(folder), true);

    assertThat(found.pictures()).containsExactly(folder.resolve("a.jpg"));
    assertThat(found.problems()).isEmpty();
    assertThat(found.passedOver().sentence()).isEmpty();
  }

  @Test
  void filesThatAreNoPicturesAreCountedByFormat() throws IOException {
    make("a.jpg", "b.heic", "c.HEIC", "sub/d.HEIC", "e.mov", "f.json", "README");

    assertThat(ImageFiles.find(List.of(folder), true).passedOver().sentence())
        .contains(
            "6 files are not pictures that caption4j reads: 3 HEIC, 1 JSON, 1 MOV, 1 without an extension.");
    assertThat(ImageFiles.find(List.of(folder.resolve("sub")), false).passedOver().sentence())
        .contains("1 file is not a picture that caption4j reads: 1 HEIC.");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderOfADataSetThatCannotBeReadIsAProblemAlone() throws IOException {
    Files.writeString(folder.resolve("captions.txt"), "image,caption\na.jpg,A dog\n");
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    CaptionDataset dataset = CaptionDatasets.open(folder, null, 1);

    assertThat(dataset.images()).hasSize(1);
    assertThat(dataset.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.kind()).isEqualTo(Problem.Kind.UNREADABLE));
  }
}
