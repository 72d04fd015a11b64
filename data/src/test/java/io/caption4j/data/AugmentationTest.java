package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
  /** Each pixel says where it is: red its column, green its row. */
  private static Pixels places(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (i % width);
      rgb[3 * i + 1] = (byte) (i / width);
      rgb[3 * i + 2] = 77;
    }
    return new Pixels(width, height, rgb);
  }

  private static int at(Pixels picture, int x, int y, int channel) {
    return picture.rgb()[3 * (y * picture.width() + x) + channel] & 0xff;
  }

  /** Left, top, width and height of the window, after checking that it is one. */
  private static List<Integer> window(Pixels variant, boolean flipped) {
    int step = flipped ? -1 : 1;
    int first = at(variant, 0, 0, 0);
    int top = at(variant, 0, 0, 1);
    for (int y = 0; y < variant.height(); y++) {
      for (int x = 0; x < variant.width(); x++) {
        assertThat(at(variant, x, y, 0)).isEqualTo(first + step * x);
        assertThat(at(variant, x, y, 1)).isEqualTo(top + y);
        assertThat(at(variant, x, y, 2)).isEqualTo(77);
      }
    }
    int left = flipped ? first - variant.width() + 1 : first;
    return List.of(left, top, variant.width(), variant.height());
  }

  @Test
  void noneIsThePictureItself() {
    Pixels picture = places(5, 4);
    assertThat(Augmentation.NONE.apply(picture, 1)).isSameAs(picture);
  }

  @Test
  void flipMirrorsLeftToRight() {
    Pixels picture = places(101, 60);
    Pixels mirrored = Augmentation.FLIP.apply(picture, 1);
    assertThat(window(mirrored, true)).containsExactly(0, 0, 101, 60);
    assertThat(Augmentation.FLIP.apply(mirrored, 2).rgb()).isEqualTo(picture.rgb());
  }

  @ParameterizedTest
  @CsvSource({"CROP, false", "FLIPPED_CROP, true"})
  void cropsAreWindowsOfEightToNineTenths(Augmentation variant, boolean flipped) {
    Set<Integer> lefts = new HashSet<>();
    Set<Integer> tops = new HashSet<>();
    Set<Integer> widths = new HashSet<>();
    Set<Integer> heights = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      List<Integer> window = window(variant.apply(places(100, 50), seed), flipped);
      lefts.add(window.get(0));
      tops.add(window.get(1));
      widths.add(window.get(2));
      heights.add(window.get(3));
      assertThat(window.get(0) + window.get(2)).isLessThanOrEqualTo(100);
      assertThat(window.get(1) + window.get(3)).isLessThanOrEqualTo(50);
    }
    // Every size and almost every place comes up, and no other.
    assertThat(widths).hasSize(11).allMatch(width -> width >= 80 && width <= 90);
    assertThat(heights).hasSize(6).allMatch(height -> height >= 40 && height <= 45);
    assertThat(lefts).hasSizeGreaterThan(15).allMatch(left -> left >= 0 && left <= 20);
    assertThat(tops).hasSizeGreaterThan(8).allMatch(top -> top >= 0 && top <= 10);
  }

  @ParameterizedTest
  @EnumSource(Augmentation.class)
  void equalPicturesGetEqualVariants(Augmentation variant) {
    Pixels picture = noise(3);
    Pixels once = variant.apply(picture, 5);
    Pixels again = variant.apply(noise(3), 5);
    assertThat(again.width()).isEqualTo(once.width());
    assertThat(again.rgb()).isEqualTo(once.rgb());
    assertThat(picture.rgb()).as("the picture stays").isEqualTo(noise(3).rgb());
  }

  @Test
  void theWindowFollowsSeedContentAndVariant() {
    Set<String> windows = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      windows.add(Arrays.toString(Augmentation.CROP.apply(noise(0), i).rgb()));
      windows.add(Arrays.toString(Augmentation.FLIPPED_CROP.apply(noise(0), i).rgb()));
    }
    assertThat(windows).hasSizeGreaterThan(35);
    Set<Integer> widths = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      widths.add(Augmentation.CROP.apply(noise(i), 0).width());
    }
    assertThat(widths).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @EnumSource(Augmentation.class)
  void onePixelStaysOnePixel(Augmentation variant) {
    Pixels pixel = new Pixels(1, 1, new byte[] {1, 2, 3});
    assertThat(variant.apply(pixel, 9).rgb()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "TURN_90, 0, 39", "TURN_180, 59, 39", "TURN_270, 59, 0",
    "FLIPPED_TURN_90, 59, 39", "FLIPPED_TURN_180, 0, 39", "FLIPPED_TURN_270, 0, 0"
  })
  void turnsGoClockwise(Augmentation variant, int x, int y) {
    Pixels turned = variant.apply(places(60, 40), 1);
    assertThat(List.of(at(turned, 0, 0, 0), at(turned, 0, 0, 1)))
        .as("what is in the upper left corner")
        .containsExactly(x, y);
    boolean upright = variant.name().endsWith("180");
    assertThat(List.of(turned.width(), turned.height()))
        .isEqualTo(upright ? List.of(60, 40) : List.of(40, 60));
  }

  @Test
  void aTurnedCropIsAWindowOfThePicture() {
    Pixels turned = Augmentation.CROPPED_TURN_270.apply(places(100, 50), 4);
    window(turned.turn(1), false);
    assertThat(turned.width()).isBetween(40, 45);
  }

  @Test
  void linesForHashesDiffer() {
    assertThat(Augmentation.ALL).extracting(Augmentation::canonical).doesNotHaveDuplicates();
    assertThat(Augmentation.UPRIGHT)
        .extracting(Augmentation::canonical)
        .containsExactly("NONE", "FLIP", "CROP=0.8..0.9", "FLIPPED_CROP=0.8..0.9");
  }

  private static Pixels noise(long seed) {
    byte[] rgb = new byte[3 * 60 * 40];
    new Random(seed).nextBytes(rgb);
    return new Pixels(60, 40, rgb);
  }
}
