package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.data.Sha256;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feature cache that a cluster's machines have filled in part. */
class FeatureShardsTest {
  private static final ImageLoader LOADER = new ImageLoader();

  @TempDir Path folder;
  private final PlaneEncoder encoder = new PlaneEncoder();
  private final RowEncoder rows = RowEncoder.of(encoder, FeatureCache.Kind.GRID);
  private final List<Path> pictures = new ArrayList<>();

  @BeforeEach
  void pictures() throws IOException {
    for (int i = 0; i < 5; i++) {
      BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 16; p++) {
        image.setRGB(p % 4, p / 4, 40 * i * 0x010101);
      }
      pictures.add(folder.resolve("p%d.png".formatted(i)));
      ImageIO.write(image, "png", pictures.get(i).toFile());
    }
  }

  @Test
  void rowsOfShardsAndOfItsOwnAreReadAlike() throws IOException {
    write("b", 2, 3);
    write("a", 0);
    try (FeatureCache cache = open()) {
      assertThat(cache.rows()).isEqualTo(3);
      FeatureCache.Filled filled = cache.fill(pictures, LOADER, 2, Progress.NONE);
      assertThat(filled.encoded()).isEqualTo(2);
      for (int i = 0; i < 5; i++) {
        float[] row = new float[cache.rowLength()];
        cache.read(filled.rows().get(pictures.get(i)), row, 0);
        assertThat(row).containsExactly(encoder.features(40 * i, FeatureCache.Kind.GRID));
      }
      assertThat(place(cache, filled, 0)).isEqualTo(new FeatureCache.Place("shards/a.npy", 0));
      assertThat(place(cache, filled, 3)).isEqualTo(new FeatureCache.Place("shards/b.npy", 1));
      assertThat(place(cache, filled, 4)).isEqualTo(new FeatureCache.Place("features.npy", 1));
    }
    try (FeatureCache cache = open()) {
      assertThat(cache.fill(pictures, LOADER, 2, Progress.NONE).encoded()).isZero();
    }
  }

  @Test
  void aPictureInTwoShardsCountsOnce() throws IOException {
    write("a", 0, 1);
    write("b", 1, 2);
    try (FeatureCache cache = open()) {
      assertThat(cache.rows()).isEqualTo(3);
      assertThat(cache.fill(pictures.subList(0, 3), LOADER, 2, Progress.NONE).rows().values())
          .containsExactly(0, 1, 2);
    }
  }

  @Test
  void aShardWithoutItsIndexDoesNotCount() throws IOException {
    write("a", 0, 1);
    Files.delete(shards().resolve("a.txt"));
    try (FeatureCache cache = open()) {
      assertThat(cache.rows()).isZero();
    }
  }

  @Test
  void aShardOfAnotherLengthIsNamed() throws IOException {
    write("a", 0, 1);
    Path index = shards().resolve("a.txt");
    Files.write(index, Files.readAllLines(index).subList(0, 1));
    assertThatThrownBy(this::open)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining("Delete it and a.txt");
  }

  private FeatureCache open() {
    return FeatureCache.open(folder.resolve("cache"), rows);
  }

  private static FeatureCache.Place place(FeatureCache cache, FeatureCache.Filled filled, int i) {
    return cache.place(List.copyOf(filled.rows().values()).get(i));
  }

  private Path shards() throws IOException {
    return Files.createDirectories(folder.resolve("cache").resolve(ShardWriter.folder(rows)));
  }

  private void write(String name, int... numbers) throws IOException {
    try (ShardWriter writer = ShardWriter.create(shards(), name, rows)) {
      for (int i : numbers) {
        Path picture = pictures.get(i);
        writer.append(
            List.of(Sha256.hex(Files.readAllBytes(picture))),
            List.of(picture.getFileName().toString()),
            List.of(LOADER.load(picture)));
      }
      assertThat(writer.rows()).isEqualTo(numbers.length);
    }
  }
}
