package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTest {
  @TempDir Path folder;

  /** Red grows to the right, green downwards; no blue. */
  private static Pixels slopes(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (255 * (i % width) / width);
      rgb[3 * i + 1] = (byte) (255 * (i / width) / height);
    }
    return new Pixels(width, height, rgb);
  }

  @Test
  void pngKeepsEveryPixel() {
    Path file = folder.resolve("new/a.png");
    ImageWriter.png(slopes(33, 7), file);
    Pixels read = new ImageLoader().load(file);
    assertThat(read.width()).isEqualTo(33);
    assertThat(read.rgb()).isEqualTo(slopes(33, 7).rgb());
    assertThat(file.getParent()).isDirectoryContaining(file::equals);
  }

  @Test
  void jpegKeepsThemNearlyAndQualityCostsBytes() throws IOException {
    Path fine = folder.resolve("fine.jpg");
    Path coarse = folder.resolve("coarse.jpg");
    ImageWriter.jpeg(slopes(64, 48), 95, fine);
    ImageWriter.jpeg(slopes(64, 48), 10, coarse);
    byte[] read = new ImageLoader().load(fine).rgb();
    byte[] written = slopes(64, 48).rgb();
    for (int i = 0; i < read.length; i++) {
      assertThat(Math.abs((read[i] & 0xff) - (written[i] & 0xff))).as("byte %d", i).isLessThan(16);
    }
    assertThat(Files.size(coarse)).isLessThan(Files.size(fine));
    assertThat(Files.readAllBytes(fine)).startsWith(0xff, 0xd8);
  }

  @Test
  void whatCannotBeWrittenIsNamed() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "").resolve("a.jpg");
    assertThatThrownBy(() -> ImageWriter.jpeg(slopes(4, 4), 90, blocked))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(blocked.toString());
    assertThatThrownBy(() -> ImageWriter.jpeg(slopes(4, 4), 0, folder.resolve("a.jpg")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 100, found 0");
  }
}
