package io.caption4j.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Explanation;
import io.caption4j.decoder.Explanation.WordAttention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationSheetTest {
  private static final int SIDE = 7;

  /** A grey picture. */
  private static Pixels grey(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) 100);
    return new Pixels(width, height, rgb);
  }

  private static float[] hot(int row, int column) {
    float[] weights = new float[SIDE * SIDE];
    Arrays.fill(weights, 0.002f);
    weights[row * SIDE + column] = 0.4f;
    return weights;
  }

  private static int red(Pixels picture, int x, int y) {
    return picture.rgb()[3 * (y * picture.width() + x)] & 0xff;
  }

  @ParameterizedTest
  @CsvSource({"140, 70, 1, 5", "70, 210, 6, 0", "300, 300, 3, 3", "33, 90, 0, 6"})
  void theHotPlaceIsWhereTheCellLies(int width, int height, int row, int column) {
    Pixels drawn = HeatMap.overlay(grey(width, height), hot(row, column), SIDE);

    assertThat(drawn.width()).isEqualTo(width);
    assertThat(drawn.height()).isEqualTo(height);
    int x = (int) ((column + 0.5) * width / SIDE);
    int y = (int) ((row + 0.5) * height / SIDE);
    assertThat(red(drawn, x, y)).isGreaterThan(180);
    for (int at = 0; at < width * height; at++) {
      double columns = Math.abs((at % width + 0.5) * SIDE / width - (column + 0.5));
      double rows = Math.abs((at / width + 0.5) * SIDE / height - (row + 0.5));
      if (Math.max(columns, rows) > 1.1) {
        assertThat(red(drawn, at % width, at / width)).as("pixel %d", at).isLessThan(100);
      }
    }
  }

  @Test
  void heatFallsSmoothly() {
    Pixels drawn = HeatMap.overlay(grey(700, 700), hot(3, 3), SIDE);
    for (int x = 351; x < 450; x++) {
      assertThat(Math.abs(red(drawn, x, 350) - red(drawn, x - 1, 350))).isLessThan(12);
    }
  }

  @Test
  void onlyTheRatiosOfWeightsMatterAndNoneIsNoHeat() {
    float[] weights = hot(2, 2);
    float[] small = weights.clone();
    for (int i = 0; i < small.length; i++) {
      small[i] /= 64;
    }
    Pixels picture = grey(70, 70);
    assertThat(HeatMap.overlay(picture, small, SIDE).rgb())
        .isEqualTo(HeatMap.overlay(picture, weights, SIDE).rgb());
    Pixels cold = HeatMap.overlay(picture, new float[SIDE * SIDE], SIDE);
    assertThat(red(cold, 10, 10)).isEqualTo(red(cold, 60, 60)).isLessThan(100);
  }

  private static Explanation explanation(int words) {
    List<String> said = new ArrayList<>();
    List<WordAttention> attention = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      said.add("word" + i);
      attention.add(new WordAttention("word" + i, hot(i % SIDE, (3 * i) % SIDE), i / 10.0));
    }
    return new Explanation(new Caption(said, -1), attention);
  }

  private static Pixels part(Pixels sheet, int left, int top, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      int from = 3 * ((top + y) * sheet.width() + left);
      System.arraycopy(sheet.rgb(), from, rgb, 3 * y * width, 3 * width);
    }
    return new Pixels(width, height, rgb);
  }

  @Test
  void theSheetHasThePictureAndATileAWord() {
    Pixels tile = grey(480, 240).resize(240, 120);
    Explanation explanation = explanation(6);

    Pixels sheet = ExplanationSheet.draw(grey(480, 240), explanation);

    assertThat(sheet.width()).isEqualTo(10 + 5 * 250);
    assertThat(sheet.height()).isEqualTo(10 + 2 * 166);
    assertThat(part(sheet, 10, 10, 240, 120).rgb()).isEqualTo(tile.rgb());
    for (int i = 0; i < 6; i++) {
      int left = 10 + (i + 1) % 5 * 250;
      int top = 10 + (i + 1) / 5 * 166;
      Pixels expected = HeatMap.overlay(tile, explanation.words().get(i).weights(), SIDE);
      assertThat(part(sheet, left, top, 240, 120).rgb()).as("word %d", i).isEqualTo(expected.rgb());
      Pixels label = part(sheet, left, top + 120, 60, 25);
      int darkest =
          IntStream.range(0, 60 * 25).map(at -> red(label, at % 60, at / 60)).min().getAsInt();
      assertThat(darkest).as("letters of word %d", i).isLessThan(80);
      // The bar is as long as the sentinel's weight.
      int filled = (int) Math.round(i / 10.0 * 239);
      assertThat(red(sheet, left + filled, top + 150)).isEqualTo(130);
      assertThat(red(sheet, left + filled + 1, top + 150)).isEqualTo(225);
    }
  }

  @Test
  void oddShapesAndTextsAreDrawnToo() {
    WordAttention word = new WordAttention("donaudampfschifffahrtsgesellschaft→漢字", hot(1, 1), 1);
    Explanation long1 = new Explanation(new Caption(List.of(word.word()), -1), List.of(word));
    for (Pixels picture : List.of(grey(1, 1), grey(2000, 1), grey(3, 900))) {
      assertThat(ExplanationSheet.draw(picture, long1).width()).isPositive();
    }
    assertThat(ExplanationSheet.draw(grey(10, 10), explanation(0)).width()).isEqualTo(260);
  }

  @Test
  void writesAPng(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/dog.png");
    ExplanationSheet.write(grey(50, 40), explanation(2), file);
    assertThat(new ImageLoader().load(file).rgb())
        .isEqualTo(ExplanationSheet.draw(grey(50, 40), explanation(2)).rgb());
    assertThat(folder.resolve("new")).isDirectoryContaining(path -> path.equals(file));

    Path blocked = Files.writeString(folder.resolve("file"), "").resolve("dog.png");
    assertThatThrownBy(() -> ExplanationSheet.write(grey(5, 4), explanation(1), blocked))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(blocked.toString());
  }
}
