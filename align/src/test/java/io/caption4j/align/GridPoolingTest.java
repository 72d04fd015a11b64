package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridPoolingTest {
  /** Boxes and pictures of odd sizes against a count of the smallest parts. */
  @ParameterizedTest
  @CsvSource({
    // picture, box, cells a side
    "7, 7, 0, 0, 7, 7, 7",
    "14, 21, 2, 3, 4, 6, 7",
    "500, 375, 0, 0, 500, 375, 7",
    "500, 375, 123, 45, 77, 211, 7",
    "375, 500, 374, 499, 1, 1, 7",
    "333, 250, 0, 249, 333, 1, 7",
    "3, 2, 1, 0, 2, 1, 7",
    "1, 1, 0, 0, 1, 1, 7",
    "1, 97, 0, 13, 1, 31, 7",
    "101, 103, 17, 19, 53, 59, 5",
    "9, 9, 4, 4, 1, 1, 1",
  })
  void isTheMeanOverWhatTheBoxCovers(
      int width, int height, int x, int y, int boxWidth, int boxHeight, int side) {
    Random random = new Random(7);
    int channels = 3;
    float[] grid = new float[5 + channels * side * side];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextFloat();
    }
    List<Box> boxes = List.of(Box.whole(width, height), new Box(x, y, boxWidth, boxHeight));
    float[] rows = new float[1 + 2 * channels];

    GridPooling pooling = new GridPooling(boxes, width, height, side);
    pooling.pool(grid, 5, channels, rows, 1);

    assertThat(pooling.regions()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      for (int c = 0; c < channels; c++) {
        double expected = mean(boxes.get(i), width, height, side, grid, 5 + c * side * side);
        assertThat(rows[1 + i * channels + c]).isCloseTo((float) expected, within(1e-5f));
      }
    }
  }

  /** With each pixel cut into side x side parts, each part lies in one cell. */
  private static double mean(Box box, int width, int height, int side, float[] grid, int from) {
    double sum = 0;
    double[] columns = new double[side];
    for (int part = box.x() * side; part < (box.x() + box.width()) * side; part++) {
      columns[part / width]++;
    }
    for (int part = box.y() * side; part < (box.y() + box.height()) * side; part++) {
      for (int column = 0; column < side; column++) {
        sum += columns[column] * grid[from + part / height * side + column];
      }
    }
    return sum / box.area() / side / side;
  }

  @Test
  void aBoxOutsideIsRefused() {
    assertThatThrownBy(() -> new GridPooling(List.of(new Box(3, 0, 8, 5)), 10, 5, 7))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("reaches out of the picture of 10 x 5");
  }

  @ParameterizedTest
  @CsvSource({"224, 224", "500, 375", "333, 251", "13, 5", "7, 7", "3, 2", "1, 1", "1, 1000"})
  void windowsLieInsideAndTheFirstIsAll(int width, int height) {
    List<Box> boxes = new GridWindows().propose(width, height);
    assertThat(boxes).hasSize(GridWindows.COUNT).first().isEqualTo(Box.whole(width, height));
    boxes.forEach(box -> box.within(width, height));
  }

  /** On a picture whose sides are sevenths the windows take whole cells. */
  @Test
  void windowsFitTheGrid() {
    List<Box> boxes = new GridWindows().propose(224, 112);
    assertThat(boxes).allMatch(box -> box.x() % 32 == 0 && box.width() % 32 == 0);
    assertThat(boxes).allMatch(box -> box.y() % 16 == 0 && box.height() % 16 == 0);
    assertThat(boxes).doesNotHaveDuplicates();
    assertThat(boxes)
        .contains(new Box(64, 32, 160, 80), new Box(128, 64, 96, 48), new Box(96, 0, 128, 112));
  }
}
