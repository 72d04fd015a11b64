package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import io.caption4j.encoder.RowEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageSearchTest {
  @TempDir Path folder;

  /** Colours of pictures, by path. */
  private final Map<Path, Integer> colours = new LinkedHashMap<>();

  private ImageIndex index(RowEncoder rows) {
    return ImageIndex.open(
        folder.resolve("index"),
        rows,
        List.copyOf(colours.keySet()),
        new ImageLoader(),
        Progress.NONE);
  }

  private void pictures(int count) {
    for (int i = 0; i < count; i++) {
      // In an order of their own, so that places in the index are not those of the paths.
      Path file = folder.resolve("p%03d.png".formatted(i * 37 % count));
      colours.put(ColourRows.picture(file, 20 + i % 3, 30, 5 * i), 5 * i);
    }
  }

  private static float[] words(int t, int size, long seed) {
    Random random = new Random(seed);
    float[] words = new float[t * size];
    for (int i = 0; i < words.length; i++) {
      words[i] = (float) random.nextGaussian();
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource({
    // pictures, R, h, words, wanted
    "203, 20, 16, 5, 10",
    "203, 20, 17, 1, 1",
    "130, 3, 7, 9, 203",
    "64, 1, 1, 4, 5",
    "5, 20, 33, 12, 5",
    "3, 2, 2, 2, 4",
  })
  void findsWhatAFullSearchFinds(int count, int regions, int size, int t, int wanted) {
    pictures(count);
    ColourRows rows = new ColourRows(regions, size);
    ImageIndex index = index(rows);
    assertThat(index.size()).isEqualTo(count);
    ImageSearch search = new ImageSearch(index, rows.proposer());
    for (int seed = 0; seed < 5; seed++) {
      float[] words = words(t, size, seed);
      List<ImageSearch.Match> expected = oracle(rows, words);

      List<ImageSearch.Match> found = search.best(words, wanted);

      assertThat(found).hasSize(Math.min(wanted, count));
      for (int i = 0; i < found.size(); i++) {
        ImageSearch.Match match = expected.get(i);
        assertThat(found.get(i).picture()).isEqualTo(match.picture());
        assertThat(found.get(i).score()).isCloseTo(match.score(), within(1e-3));
        assertThat(found.get(i).boxes()).isEqualTo(match.boxes());
      }
    }
  }

  /** Every picture scored by the definition. */
  private List<ImageSearch.Match> oracle(ColourRows rows, float[] words) {
    List<ImageSearch.Match> matches = new ArrayList<>();
    colours.forEach(
        (path, colour) -> {
          Pixels pixels = new ImageLoader().load(path);
          List<Box> boxes = rows.proposer().propose(pixels.width(), pixels.height());
          RegionVectors vectors = new RegionVectors(boxes, rows.vectors(colour));
          List<Box> best = new ArrayList<>();
          for (float[] products : vectors.products(words)) {
            int top = 0;
            for (int i = 1; i < products.length; i++) {
              top = products[i] > products[top] ? i : top;
            }
            best.add(boxes.get(top));
          }
          matches.add(new ImageSearch.Match(path, vectors.score(words), best));
        });
    matches.sort(Comparator.comparingDouble(ImageSearch.Match::score).reversed());
    return matches;
  }

  @Test
  void equalOnesStandByPathAndThoseThatAreGoneAreLeftOut() throws IOException {
    for (String name : List.of("c", "a", "e", "b", "d")) {
      colours.put(ColourRows.picture(folder.resolve(name + ".png"), 9, 9, 77), 77);
    }
    ColourRows rows = new ColourRows(4, 6);
    ImageSearch search = new ImageSearch(index(rows), rows.proposer());
    float[] words = words(3, 6, 1);
    assertThat(names(search.best(words, 3))).containsExactly("a.png", "b.png", "c.png");
    Files.delete(folder.resolve("b.png"));
    Files.writeString(folder.resolve("c.png"), "no picture any more");
    assertThat(names(search.best(words, 3))).containsExactly("a.png", "d.png", "e.png");
  }

  private static List<String> names(List<ImageSearch.Match> matches) {
    return matches.stream().map(match -> match.picture().getFileName().toString()).toList();
  }

  /** All finite halves as they come out of the index; what is smaller than normal ones is 0. */
  @Test
  void everyHalfKeepsItsValue() {
    int regions = 128;
    int size = 4;
    int perPicture = regions * size;
    for (int i = 0; i < (1 << 16) / perPicture; i++) {
      colours.put(ColourRows.picture(folder.resolve("p%03d.png".formatted(i)), 5, 5, i), i);
    }
    RowEncoder halves =
        new RowEncoder() {
          @Override
          public String name() {
            return "halves";
          }

          @Override
          public String hash() {
            return "0".repeat(64);
          }

          @Override
          public String kind() {
            return "all";
          }

          @Override
          public long[] rowShape() {
            return new long[] {regions, size};
          }

          @Override
          public float[] encode(List<Pixels> pictures) {
            float[] values = new float[pictures.size() * perPicture];
            for (int i = 0; i < values.length; i++) {
              int first = (pictures.get(i / perPicture).rgb()[2] & 0xff) * perPicture;
              values[i] = half(first + i % perPicture);
            }
            return values;
          }
        };
    ImageIndex index = index(halves);
    float[] identity = new float[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    float[] products = new float[RegionProducts.TOGETHER * perPicture];
    try (RegionProducts source = new RegionProducts(index, identity)) {
      for (int from = 0; from < index.size(); from += RegionProducts.TOGETHER) {
        source.of(from, RegionProducts.TOGETHER, products);
        for (int i = 0; i < products.length; i++) {
          float value = half(from * perPicture + i);
          assertThat(products[i]).isEqualTo(Math.abs(value) < 0x1p-14f ? 0f : value);
        }
      }
    }
  }

  /** The value of 16 bits; the largest half for what is infinite or no number. */
  private static float half(int bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float magnitude =
        exponent == 31
            ? 65504
            : Math.scalb(exponent == 0 ? fraction : 1024 + fraction, Math.max(exponent, 1) - 25);
    return bits >= 1 << 15 ? -magnitude : magnitude;
  }

  @Test
  void valuesBeyondHalvesAreTheLargestOnes() {
    Path file = ColourRows.picture(folder.resolve("p.png"), 5, 5, 1);
    IndexRows rows =
        new IndexRows(
            new ColourRows(1, 3) {
              @Override
              public float[] encode(List<Pixels> pictures) {
                return new float[] {1e9f, Float.NEGATIVE_INFINITY, -1e-9f};
              }
            });
    assertThat(rows.encode(List.of(new ImageLoader().load(file))))
        .containsExactly(65504, -65504, 0, 0);
  }

  @Test
  void wrongSizesAreRefused() {
    pictures(2);
    ColourRows rows = new ColourRows(4, 6);
    ImageIndex index = index(rows);
    ImageSearch search = new ImageSearch(index, rows.proposer());
    for (int length : List.of(0, 5, 13)) {
      assertThatThrownBy(() -> search.best(new float[length], 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("words of size 6");
    }
    assertThatThrownBy(() -> search.best(new float[6], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ImageSearch(index, new GridWindows()).best(new float[6], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 boxes as in the index, found 20");
  }

  @Test
  void anEmptyIndexHasNone() {
    ColourRows rows = new ColourRows(4, 6);
    assertThat(new ImageSearch(index(rows), rows.proposer()).best(new float[6], 3)).isEmpty();
  }
}
