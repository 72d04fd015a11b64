package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are not an image encoder's, read beside a cache that is open and being filled. */
class CachedRowsTest {
  private static final ImageLoader LOADER = new ImageLoader();

  @TempDir Path folder;
  private final Corners corners = new Corners(2);
  private final List<Path> pictures = new ArrayList<>();

  /** Of each picture its size and its first pixel's colours, (2, 3), the last number a half. */
  private record Corners(int rows) implements RowEncoder {
    @Override
    public String name() {
      return "corners";
    }

    @Override
    public String hash() {
      return "ab".repeat(32);
    }

    @Override
    public String kind() {
      return "sizes";
    }

    @Override
    public long[] rowShape() {
      return new long[] {rows, 3};
    }

    @Override
    public float[] encode(List<Pixels> pictures) {
      float[] values = new float[6 * pictures.size()];
      for (int i = 0; i < pictures.size(); i++) {
        Pixels picture = pictures.get(i);
        values[6 * i] = picture.width();
        values[6 * i + 1] = -picture.height();
        for (int c = 0; c < 3; c++) {
          values[6 * i + 2 + c] = picture.rgb()[c] & 0xff;
        }
        values[6 * i + 5] = 0.1f;
      }
      return values;
    }
  }

  @BeforeEach
  void pictures() throws IOException {
    for (int i = 0; i < 5; i++) {
      BufferedImage image = new BufferedImage(3 + i, 7, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, i << 16 | 200 << 8 | 255);
      Path file = folder.resolve("p" + i + ".png");
      ImageIO.write(image, "png", file.toFile());
      pictures.add(file);
    }
  }

  @Test
  void areReadWhileTheCacheIsOpen() {
    assertThat(CachedRows.of(folder.resolve("cache"), corners).size()).isZero();
    try (FeatureCache cache = FeatureCache.open(folder.resolve("cache"), corners)) {
      assertThat(cache.rowLength()).isEqualTo(6);
      FeatureCache.Filled first = cache.fill(pictures.subList(0, 3), LOADER, 2, Progress.NONE);
      CachedRows before = CachedRows.of(folder.resolve("cache"), corners);
      FeatureCache.Filled all = cache.fill(pictures, LOADER, 2, Progress.NONE);

      assertRows(before, first, 3);
      assertRows(CachedRows.of(folder.resolve("cache"), corners), all, 5);
      assertThat(before.row(all.hashes().get(pictures.get(4)))).isNull();
    }
    assertThat(folder.resolve("cache/corners-abababababab-sizes/features.npy")).exists();
  }

  private void assertRows(CachedRows rows, FeatureCache.Filled filled, int count) {
    assertThat(rows.size()).isEqualTo(count);
    assertThat(filled.hashes()).hasSize(count);
    for (int i = 0; i < count; i++) {
      int row = rows.row(filled.hashes().get(pictures.get(i)));
      assertThat(row).isEqualTo(filled.rows().get(pictures.get(i)));
      float[] values = new float[6];
      rows.features().read(row, values, 0);
      assertThat(values).containsExactly(new float[] {3 + i, -7, i, 200, 255, 0.1f}, within(1e-4f));
      int[] pairs = new int[4];
      rows.features().readHalves(row, pairs, 1);
      for (int j = 0; j < 6; j++) {
        int half = pairs[1 + j / 2] >>> 16 * (j % 2);
        assertThat(HalfFloat.toFloat((short) half)).isEqualTo(values[j]);
      }
    }
  }

  @Test
  void aBrokenPictureHasNoHash() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    try (FeatureCache cache = FeatureCache.open(folder, corners)) {
      FeatureCache.Filled filled =
          cache.fill(List.of(broken, pictures.get(0)), LOADER, 8, Progress.NONE);
      assertThat(filled.hashes()).containsOnlyKeys(pictures.get(0));
      assertThat(filled.skipped()).containsOnlyKeys(broken);
    }
  }

  /** Whatever the last moment of a killed process left, only whole rows are seen. */
  @Test
  void ofFilesThatAreCutShortAreTheWholeOnes() throws IOException {
    try (FeatureCache cache = FeatureCache.open(folder, corners)) {
      cache.fill(pictures, LOADER, 8, Progress.NONE);
    }
    Path cache = folder.resolve("corners-abababababab-sizes");
    for (long length = Files.size(cache.resolve("index.txt")); length >= 0; length -= 9) {
      cut(cache.resolve("index.txt"), length);
      long whole =
          Files.readString(cache.resolve("index.txt")).chars().filter(c -> c == '\n').count();
      assertThat(CachedRows.of(folder, corners).size()).isEqualTo((int) whole);
    }
    cut(cache.resolve("features.npy"), 100);
    assertThat(CachedRows.of(folder, corners).size()).isZero();
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  @Test
  void ofAnotherShapeAreNone() {
    try (FeatureCache cache = FeatureCache.open(folder, corners)) {
      cache.fill(pictures, LOADER, 8, Progress.NONE);
    }
    CachedRows other = CachedRows.of(folder, new Corners(3));
    assertThat(other.size()).isZero();
    assertThatThrownBy(other::features).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void halvesComeInPairsOnly() throws IOException {
    Path odd = folder.resolve("odd.npy");
    try (NpyWriter writer = NpyWriter.create(odd, Npy.Type.FLOAT16, 3)) {
      writer.append(new float[3]);
    }
    NpyReader reader = NpyReader.open(odd);
    assertThatThrownBy(() -> reader.readHalves(0, new int[2], 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("even");
  }
}
