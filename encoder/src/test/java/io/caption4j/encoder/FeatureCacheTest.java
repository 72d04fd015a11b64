package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.ImageLoader;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeatureCacheTest {
  private static final ImageLoader LOADER = new ImageLoader();

  @TempDir Path folder;
  private final PlaneEncoder encoder = new PlaneEncoder();
  private final List<Path> pictures = new ArrayList<>();

  @BeforeEach
  void pictures() throws IOException {
    for (int i = 0; i < 5; i++) {
      pictures.add(picture("p" + i + ".png", 40 * i));
    }
  }

  @ParameterizedTest
  @EnumSource(FeatureCache.Kind.class)
  void givesTheEncodersFeatures(FeatureCache.Kind kind) {
    try (FeatureCache cache = open(kind)) {
      FeatureCache.Filled filled = cache.fill(pictures, LOADER, 2, Progress.NONE);
      assertThat(filled.encoded()).isEqualTo(5);
      assertThat(filled.skipped()).isEmpty();
      assertThat(filled.rows()).containsOnlyKeys(pictures);
      assertThat(encoder.batches).containsExactly(2, 2, 1);
      for (int i = 0; i < 5; i++) {
        float[] expected = encoder.features(40 * i, kind);
        assertThat(cache.rowLength()).isEqualTo(expected.length);
        float[] row = new float[cache.rowLength() + 1];
        cache.read(filled.rows().get(pictures.get(i)), row, 1);
        assertThat(java.util.Arrays.copyOfRange(row, 1, row.length))
            .containsExactly(expected, within(1e-3f));
      }
    }
  }

  @Test
  void pooledIsTheMeanBeforeRounding() {
    // Halves near 1000 are 0.5 apart: the mean is 1000.4, that of the rounded values 1000.25.
    try (FeatureCache cache = open(FeatureCache.Kind.POOLED)) {
      int row = cache.fill(pictures, LOADER, 8, Progress.NONE).rows().get(pictures.get(0));
      float[] features = new float[cache.rowLength()];
      cache.read(row, features, 0);
      assertThat(features[1]).isEqualTo(1000.5f);
    }
  }

  @Test
  void encodesOnlyWhatIsNew() {
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      assertThat(cache.fill(pictures.subList(0, 3), LOADER, 2, Progress.NONE).encoded())
          .isEqualTo(3);
    }
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      assertThat(cache.rows()).isEqualTo(3);
      FeatureCache.Filled filled = cache.fill(pictures, LOADER, 2, Progress.NONE);
      assertThat(filled.encoded()).isEqualTo(2);
      assertThat(filled.rows()).hasSize(5);
      assertThat(cache.fill(pictures, LOADER, 2, Progress.NONE).encoded()).isZero();
      assertRows(cache, filled);
    }
  }

  @Test
  void filesOfTheSameContentShareARow() throws IOException {
    Path copy = Files.copy(pictures.get(1), folder.resolve("copy.png"));
    pictures.add(copy);
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      FeatureCache.Filled filled = cache.fill(pictures, LOADER, 4, Progress.NONE);
      assertThat(filled.encoded()).isEqualTo(5);
      assertThat(filled.rows().get(copy)).isEqualTo(filled.rows().get(pictures.get(1)));
    }
  }

  @Test
  void brokenAndMissingPicturesAreSkippedWithTheReason() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "not a picture");
    Path missing = folder.resolve("missing.jpg");
    pictures.add(1, text);
    pictures.add(3, missing);
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      FeatureCache.Filled filled = cache.fill(pictures, LOADER, 2, Progress.NONE);
      assertThat(filled.rows()).hasSize(5);
      assertThat(filled.skipped()).containsOnlyKeys(text, missing);
      assertThat(filled.skipped().get(text)).contains("text.jpg");
      assertThat(filled.skipped().get(missing)).contains("There is no picture", "missing.jpg");
      assertRows(cache, filled);
      assertThat(cache.fill(List.of(missing, text), LOADER, 2, Progress.NONE).rows()).isEmpty();
    }
  }

  @Test
  void reportsItsProgress() {
    List<String> heard = new ArrayList<>();
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      cache.fill(
          pictures,
          LOADER,
          2,
          (task, done, total, detail) -> {
            heard.add(task + " " + done + "/" + total);
            assertThat(detail).endsWith("pictures/s");
          });
    }
    assertThat(heard).containsExactly("encoding 2/5", "encoding 4/5", "encoding 5/5");
  }

  /** Whatever part of the last writes is missing, as after kill -9, the cache reopens right. */
  @ParameterizedTest
  @EnumSource(Torn.class)
  void goesOnAfterACutAnywhere(Torn torn) throws IOException {
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      cache.fill(pictures, LOADER, 2, Progress.NONE);
    }
    Path file = cacheFolder().resolve(torn.file);
    for (long length = Files.size(file); length >= 0; length -= torn.step) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
        int whole = cache.rows();
        FeatureCache.Filled filled = cache.fill(pictures, LOADER, 2, Progress.NONE);
        assertThat(filled.encoded()).isEqualTo(5 - whole);
        assertRows(cache, filled);
      }
      assertThat(NpyReader.open(cacheFolder().resolve("features.npy")).header().rows())
          .isEqualTo(5);
      assertThat(Files.readAllLines(cacheFolder().resolve("index.txt"))).hasSize(5);
    }
  }

  /** Which file is cut, and by how many bytes more each time. */
  private enum Torn {
    FEATURES("features.npy", 7),
    INDEX("index.txt", 7);

    private final String file;
    private final int step;

    Torn(String file, int step) {
      this.file = file;
      this.step = step;
    }
  }

  @Test
  void aFailureInTheMiddleKeepsWhatWasDone() {
    encoder.failAfter = 1;
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      assertThatThrownBy(() -> cache.fill(pictures, LOADER, 2, Progress.NONE))
          .hasMessage("out of luck");
    }
    encoder.failAfter = Integer.MAX_VALUE;
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      FeatureCache.Filled filled = cache.fill(pictures, LOADER, 2, Progress.NONE);
      assertThat(filled.encoded()).isEqualTo(3);
      assertRows(cache, filled);
    }
  }

  @Test
  void twoCannotUseItAtOnce() {
    try (FeatureCache first = open(FeatureCache.Kind.GRID)) {
      assertThatThrownBy(() -> open(FeatureCache.Kind.GRID))
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("in use by another run");
      open(FeatureCache.Kind.POOLED).close(); // another kind is another cache
      assertThat(first.rows()).isZero();
    }
    open(FeatureCache.Kind.GRID).close();
  }

  @Test
  void anotherEncoderGetsAnotherCache() {
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      cache.fill(pictures, LOADER, 2, Progress.NONE);
    }
    encoder.hash = "f".repeat(64);
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      assertThat(cache.rows()).isZero();
    }
  }

  @Test
  void aDamagedCacheSaysWhichFolderToDelete() throws IOException {
    try (FeatureCache cache = open(FeatureCache.Kind.GRID)) {
      cache.fill(pictures, LOADER, 2, Progress.NONE);
    }
    Path features = cacheFolder().resolve("features.npy");
    byte[] good = Files.readAllBytes(features);
    byte[] bad = good.clone();
    bad[0] = 'X';
    Files.write(features, bad);
    assertDamaged("not a numpy file");
    NpyWriter.create(features, Npy.Type.FLOAT16, 7, 2, 2).close();
    assertDamaged("FLOAT16[0, 7, 2, 2]");
    Files.write(features, good);
    Path index = cacheFolder().resolve("index.txt");
    List<String> lines = Files.readAllLines(index);
    lines.set(1, lines.get(0));
    Files.write(index, lines);
    assertDamaged("stands twice");
  }

  private void assertDamaged(String why) {
    assertThatThrownBy(() -> open(FeatureCache.Kind.GRID))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("Delete that folder")
        .hasMessageContaining(cacheFolder().toString());
  }

  private void assertRows(FeatureCache cache, FeatureCache.Filled filled) {
    for (int i = 0; i < 5; i++) {
      float[] row = new float[cache.rowLength()];
      cache.read(filled.rows().get(folder.resolve("p" + i + ".png")), row, 0);
      assertThat(row)
          .containsExactly(encoder.features(40 * i, FeatureCache.Kind.GRID), within(1e-3f));
    }
    assertThatThrownBy(() -> cache.read(cache.rows(), new float[cache.rowLength()], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private FeatureCache open(FeatureCache.Kind kind) {
    return FeatureCache.open(folder.resolve("cache"), encoder, kind);
  }

  private Path cacheFolder() {
    return folder.resolve("cache").resolve("planes-012345678901-grid");
  }

  private Path picture(String name, int grey) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 16; p++) {
      image.setRGB(p % 4, p / 4, grey << 16 | grey << 8 | grey);
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
