package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFoldersTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void pictures() throws IOException {
    data = folder.resolve("set");
    for (String name :
        List.of(
            "set/images/red.png",
            "set/images/IMG_1.JPG",
            "set/images/a/deep.png",
            "set/images/a/twice.png",
            "set/images/b/twice.png",
            "set/train/t.png",
            "secret.jpg",
            "images/beside.jpg")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          red.png                                   | images/red.png    | 0
          images/red.png                            | images/red.png    | 0
          ../set/images/red.png                     | images/red.png    | 0
          images\\red.png                           | images/red.png    | 1
          .\\images\\a\\deep.png                    | images/a/deep.png | 1
          C:\\Users\\me\\coco\\images\\red.png      | images/red.png    | 1
          D:/pictures/deep.png                      | images/a/deep.png | 1
          /home/me/pictures/red.png                 | images/red.png    | 1
          http://host.org/x/red.png?size=2#top      | images/red.png    | 1
          https://host.org/images/a/deep.png        | images/a/deep.png | 1
          https://host.org/r%65d.png                | images/red.png    | 1
          img_1.jpg                                 | images/IMG_1.JPG  | 1
          Images/Img_1.jpg                          | images/IMG_1.JPG  | 1
          /elsewhere/img_1.jpg                      | images/IMG_1.JPG  | 1
          """)
  @DisabledOnOs(OS.WINDOWS)
  void whatAnotherSystemNamedIsFoundByFileName(String name, String file, int notes) {
    PictureFolders folders = PictureFolders.around(data, data.resolve("captions.json"));

    Path found = folders.find(List.of(name));

    assertThat(found.normalize()).isEqualTo(data.resolve(file)).exists();
    assertThat(folders.notes()).hasSize(notes);
  }

  @ParameterizedTest
  @CsvSource({
    "secret.jpg",
    "../secret.jpg",
    "../../secret.jpg",
    "images/../../secret.jpg",
    "ABOVE/secret.jpg",
    "file://ABOVE/secret.jpg",
    "..\\secret.jpg",
    "beside.jpg",
    "../images/beside.jpg",
    "deep.png",
    "b/deep.png",
    "C:\\x\\twice.png",
    "/x/validation/t.png"
  })
  void nothingIsTakenFromElsewhere(String name) {
    PictureFolders folders = PictureFolders.around(data, data.resolve("captions.json"));

    Path found = folders.find(List.of(name.replace("ABOVE", folder.toString())));

    assertThat(found).doesNotExist();
    assertThat(found.toAbsolutePath().normalize().startsWith(data)).isTrue();
  }

  @Test
  void namesOfSeveralFilesAreTold() {
    PictureFolders folders = PictureFolders.named(data);
    folders.find(List.of("/x/twice.png"));
    assertThat(folders.notes()).singleElement().asString().contains("1 picture cannot be told");
  }

  @ParameterizedTest
  @CsvSource({"text, true", "Annotations, true", "captions, true", "set, false", "mine, false"})
  void usualFoldersBesideThatOfTheCaptionsCount(String name, boolean found) {
    Path captions = folder.resolve(name);
    PictureFolders folders = PictureFolders.around(captions, captions.resolve("x.json"));

    assertThat(Files.exists(folders.find(List.of("beside.jpg")))).isEqualTo(found);
    assertThat(folders.find(List.of("secret.jpg"))).doesNotExist();
  }

  @Test
  void cocosBackslashesAreRead() throws IOException {
    CaptionDataset dataset =
        CaptionDatasets.open(Path.of("src/test/resources/coco-backslash"), null, 1);

    assertThat(dataset.images()).allMatch(image -> Files.exists(image.path()));
    assertThat(dataset.remarks()).singleElement().asString().contains("pictures are named");
  }
}
