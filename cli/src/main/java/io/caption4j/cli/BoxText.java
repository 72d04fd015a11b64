package io.caption4j.cli;

import io.caption4j.align.Box;

/** Boxes in lines for people. */
final class BoxText {
  private BoxText() {}

  /** {@code x,y,width,height}. */
  static String of(Box box) {
    return "%d,%d,%d,%d".formatted(box.x(), box.y(), box.width(), box.height());
  }
}
