package io.caption4j.align;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole picture and 19 windows of several scales, in steps of a seventh of its sides: as many
 * regions as Karpathy and Fei-Fei take of a detector, at no cost. They fit the 7 x 7 grid of an
 * encoder for 224 x 224 pixels best, and serve any other.
 */
public final class GridWindows implements RegionProposer {
  /** Windows of a picture. */
  public static final int COUNT = 20;

  /** Steps along a side: all windows begin and end at multiples of this part of it. */
  public static final int STEPS = 7;

  private static final List<Window> WINDOWS = windows();

  private record Window(int row, int column, int rows, int columns) {}

  private static List<Window> windows() {
    List<Window> windows = new ArrayList<>();
    windows.add(new Window(0, 0, STEPS, STEPS));
    square(windows, 5, 0, 2);
    square(windows, 4, 0, 3);
    square(windows, 3, 0, 2, 4);
    windows.add(new Window(0, 0, STEPS, 4)); // the left half, the right half
    windows.add(new Window(0, 3, STEPS, 4));
    return List.copyOf(windows);
  }

  private static void square(List<Window> windows, int side, int... starts) {
    for (int row : starts) {
      for (int column : starts) {
        windows.add(new Window(row, column, side, side));
      }
    }
  }

  @Override
  public List<Box> propose(int width, int height) {
    return WINDOWS.stream()
        .map(
            w -> {
              int left = at(w.column, width);
              int top = at(w.row, height);
              return new Box(
                  Math.min(left, width - 1),
                  Math.min(top, height - 1),
                  Math.max(1, at(w.column + w.columns, width) - left),
                  Math.max(1, at(w.row + w.rows, height) - top));
            })
        .toList();
  }

  private static int at(int step, int side) {
    return (int) Math.round((double) step * side / STEPS);
  }
}
