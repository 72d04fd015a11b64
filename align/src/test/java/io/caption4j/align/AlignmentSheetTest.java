package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.align.Alignment.Word;
import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlignmentSheetTest {
  private static final int GAP = 10;
  private static final int HEIGHT = 320; // of the picture on the sheet

  /** On a picture of 640 x 320, which is drawn as it is. */
  private static final Alignment DOG_AND_CAT =
      new Alignment(
          List.of(Box.whole(640, HEIGHT), new Box(40, 50, 200, 100), new Box(300, 100, 300, 200)),
          List.of(
              new Word("a", 1, 2),
              new Word("dog", 1, 4),
              new Word("and", 0, 0.1),
              new Word("cat", 2, 3),
              new Word("dog", 1, 5)),
          14.2);

  private static Pixels grey(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 100);
    return new Pixels(width, height, rgb);
  }

  private static int colour(Pixels picture, int x, int y) {
    int at = 3 * (y * picture.width() + x);
    byte[] rgb = picture.rgb();
    return (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
  }

  /** Pixels of a colour below the picture. */
  private static long below(Pixels sheet, int rgb) {
    return IntStream.range((HEIGHT + 2 * GAP) * sheet.width(), sheet.width() * sheet.height())
        .filter(i -> colour(sheet, i % sheet.width(), i / sheet.width()) == rgb)
        .count();
  }

  @Test
  void boxesAndTheirWordsHaveTheSameColour() {
    Pixels sheet = AlignmentSheet.draw(grey(640, HEIGHT), DOG_AND_CAT, 1);

    assertThat(sheet.width()).isEqualTo(640 + 2 * GAP);
    int dog = Palette.colour(0);
    int cat = Palette.colour(1);
    // In the middle of each side's frame, which is five pixels thick.
    assertThat(colour(sheet, GAP + 140, GAP + 50 + 2)).isEqualTo(dog);
    assertThat(colour(sheet, GAP + 140, GAP + 149 - 2)).isEqualTo(dog);
    assertThat(colour(sheet, GAP + 40 + 2, GAP + 120)).isEqualTo(dog);
    assertThat(colour(sheet, GAP + 239 - 2, GAP + 120)).isEqualTo(dog);
    assertThat(colour(sheet, GAP + 450, GAP + 100 + 2)).isEqualTo(cat);
    assertThat(colour(sheet, GAP + 599 - 2, GAP + 200)).isEqualTo(cat);
    // Nothing is drawn inside boxes, nor for the weak word's.
    assertThat(colour(sheet, GAP + 140, GAP + 120)).isEqualTo(0x646464);
    assertThat(colour(sheet, GAP + 2, GAP + 160)).isEqualTo(0x646464);
    // Three words of the dog's, one of the cat's, none of a third colour.
    assertThat(below(sheet, dog)).isGreaterThan(2 * below(sheet, cat));
    assertThat(below(sheet, cat)).isGreaterThan(500);
    assertThat(below(sheet, Palette.colour(2))).isZero();
  }

  @Test
  void theThresholdDecidesWhichBoxesAreDrawn() {
    Pixels all = AlignmentSheet.draw(grey(640, HEIGHT), DOG_AND_CAT, 0);
    assertThat(colour(all, GAP + 2, GAP + 160)).isEqualTo(Palette.colour(1));
    assertThat(below(all, Palette.colour(2))).isGreaterThan(500);

    Pixels none = AlignmentSheet.draw(grey(640, HEIGHT), DOG_AND_CAT, 100);
    assertThat(colour(none, GAP + 140, GAP + 52)).isEqualTo(0x646464);
    assertThat(below(none, Palette.colour(0))).isZero();
    // The words stand there all the same, in grey.
    assertThat(below(none, 0x6e6e6e)).isPositive();
  }

  @Test
  void framesOfBoxesThatShareASideLieBesideEachOther() {
    Alignment halves =
        new Alignment(
            List.of(Box.whole(640, HEIGHT), new Box(0, 0, 320, HEIGHT)),
            List.of(new Word("all", 0, 1), new Word("half", 1, 1)),
            2);
    Pixels sheet = AlignmentSheet.draw(grey(640, HEIGHT), halves, 0);
    assertThat(colour(sheet, GAP + 2, GAP + 160)).isEqualTo(Palette.colour(0));
    assertThat(colour(sheet, GAP + 7, GAP + 160)).isEqualTo(Palette.colour(1));
  }

  @Test
  void manyBoxesLongWordsAndOddShapesAreDrawnToo() {
    for (Pixels picture : List.of(grey(1, 1), grey(3000, 2), grey(3, 900))) {
      Box whole = Box.whole(picture.width(), picture.height());
      Box corner = new Box(0, 0, 1, 1);
      Alignment alignment =
          new Alignment(
              List.of(whole, corner),
              List.of(
                  new Word("donaudampfschifffahrtsgesellschaft".repeat(4), 0, 1),
                  new Word("→漢字", 1, 1)),
              2);
      assertThat(AlignmentSheet.draw(picture, alignment, 0).width()).isGreaterThan(320);
    }
  }

  @Test
  void aBoxOutsideThePictureIsAnError() {
    assertThatThrownBy(() -> AlignmentSheet.draw(grey(600, HEIGHT), DOG_AND_CAT, 0))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("640 x 320");
  }

  @Test
  void writesAPng(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/dog.png");
    AlignmentSheet.write(grey(640, HEIGHT), DOG_AND_CAT, 0, file);
    assertThat(new ImageLoader().load(file).rgb())
        .isEqualTo(AlignmentSheet.draw(grey(640, HEIGHT), DOG_AND_CAT, 0).rgb());
    assertThat(file.getParent()).isDirectoryContaining(file::equals);

    Path blocked = Files.writeString(folder.resolve("file"), "").resolve("dog.png");
    assertThatThrownBy(() -> AlignmentSheet.write(grey(640, HEIGHT), DOG_AND_CAT, 0, blocked))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(blocked.toString());
  }

  @Test
  void lettersAreReadOnEveryColour() {
    for (int i = 0; i < 7; i++) {
      assertThat(contrast(Palette.colour(i), Palette.ink(Palette.colour(i)))).isGreaterThan(4.5);
    }
  }

  /** As WCAG 2 defines it. */
  private static double contrast(int a, int b) {
    double x = luminance(a) + 0.05;
    double y = luminance(b) + 0.05;
    return Math.max(x, y) / Math.min(x, y);
  }

  private static double luminance(int rgb) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double share = (rgb >> 16 - 8 * c & 0xff) / 255.0;
      sum +=
          weights[c] * (share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
