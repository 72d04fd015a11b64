package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetDatasetTest {
  private static final BoxSnippets LEFT =
      new BoxSnippets(new Box(0, 0, 16, 16), List.of("a \"red\" thing", "red"), 3);
  private static final BoxSnippets RIGHT =
      new BoxSnippets(new Box(16, 0, 16, 16), List.of("a blue thing"), 2);

  @TempDir Path folder;

  /** Red to the left of x = 16, blue to the right. */
  private static Pixels redAndBlue() {
    byte[] rgb = new byte[3 * 32 * 16];
    for (int i = 0; i < 32 * 16; i++) {
      rgb[3 * i + (i % 32 < 16 ? 0 : 2)] = (byte) 200;
    }
    return new Pixels(32, 16, rgb);
  }

  private CaptionedImage image(String name, Split split) {
    Path file = folder.resolve(name);
    ImageWriter.png(redAndBlue(), file);
    return new CaptionedImage(name, name, file, split, List.of("red and blue"));
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out/images"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void theDataSetCanBeReadAndItsPartsShowTheBoxes() throws IOException {
    SnippetDataset made = new SnippetDataset(folder.resolve("out"), false);
    made.add(image("a.b.png", Split.TRAIN), redAndBlue(), List.of(LEFT, RIGHT));
    made.add(image("c.png", Split.VAL), redAndBlue(), List.of(RIGHT));
    made.add(image("d.png", Split.VAL), redAndBlue(), List.of());
    assertThat(made.parts()).isEqualTo(3);
    assertThat(made.snippets()).isEqualTo(4);
    Path file = made.write();

    CaptionDataset read = CaptionDatasets.open(folder.resolve("out"), null, 1);
    assertThat(read.source()).isEqualTo(file);
    assertThat(read.layout()).isEqualTo("karpathy");
    assertThat(read.images())
        .extracting(CaptionedImage::split)
        .containsExactly(Split.TRAIN, Split.TRAIN, Split.VAL);
    assertThat(read.images().get(0).captions()).containsExactly("a \"red\" thing", "red");
    assertThat(read.images().get(2).captions()).containsExactly("a blue thing");
    assertThat(read.images().get(0).fileName()).startsWith("a.b-").endsWith("-0-0-16-16.jpg");
    for (int i = 0; i < 3; i++) {
      Pixels part = new ImageLoader().load(read.images().get(i).path());
      assertThat(part.width()).isEqualTo(16);
      int channel = i == 0 ? 0 : 2;
      for (int at = 0; at < 16 * 16; at++) {
        assertThat(part.rgb()[3 * at + channel] & 0xff).isBetween(190, 210);
        assertThat(part.rgb()[3 * at + 2 - channel] & 0xff).isLessThan(15);
      }
    }
    assertThat(written()).hasSize(3);
  }

  @Test
  void oneThatWasStoppedKeepsThePartsThatAreThere() throws IOException {
    CaptionedImage image = image("a.png", Split.TRAIN);
    new SnippetDataset(folder.resolve("out"), false).add(image, redAndBlue(), List.of(LEFT));
    FileTime old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(written().get(0), old);

    SnippetDataset again = new SnippetDataset(folder.resolve("out"), false);
    again.add(image, redAndBlue(), List.of(LEFT, RIGHT));
    again.write();

    assertThat(Files.getLastModifiedTime(written().get(0))).isEqualTo(old);
    assertThat(CaptionDatasets.open(folder.resolve("out"), null, 1).images()).hasSize(2);
  }

  @Test
  void picturesOfTheSameNameAreNotMixedUp() throws IOException {
    SnippetDataset made = new SnippetDataset(folder.resolve("out"), false);
    made.add(image("a.png", Split.TRAIN), redAndBlue(), List.of(LEFT));
    Pixels other = new Pixels(32, 16, new byte[3 * 32 * 16]);
    CaptionedImage same = image("other/a.png", Split.TRAIN);
    ImageWriter.png(other, same.path());
    made.add(same, other, List.of(LEFT));
    assertThat(written()).hasSize(2);
  }

  @Test
  void aWholeOneIsReplacedOnlyIfAsked() {
    SnippetDataset made = new SnippetDataset(folder.resolve("out"), false);
    made.add(image("a.png", Split.TRAIN), redAndBlue(), List.of(LEFT));
    made.write();
    assertThatThrownBy(() -> new SnippetDataset(folder.resolve("out"), false))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("dataset_regions.json")
        .hasMessageContaining("--overwrite");
    SnippetDataset again = new SnippetDataset(folder.resolve("out"), true);
    again.add(image("a.png", Split.TRAIN), redAndBlue(), List.of(RIGHT));
    again.write();
    assertThat(CaptionDatasets.open(folder.resolve("out"), null, 1).images()).hasSize(1);
  }

  @Test
  void nothingToWriteIsAnError() {
    assertThatThrownBy(() -> new SnippetDataset(folder.resolve("out"), false).write())
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("--least-score");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
