package io.caption4j.explain;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Explanation;
import io.caption4j.decoder.Explanation.WordAttention;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An explanation as one picture: the picture itself, then a tile for each word with its heat map,
 * the word under it, and the sentinel's weight as a number and a grey bar.
 */
public final class ExplanationSheet {
  private static final int LONGER_SIDE = 240; // of a tile
  private static final int COLUMNS = 5;
  private static final int GAP = 10;
  private static final int LABEL = 36; // height under a tile
  private static final int BASELINE = 20; // of the word under its tile
  private static final int BAR = 6; // height of the sentinel's bar

  private static final int DARK = Canvas.grey(130);
  private static final int LIGHT = Canvas.grey(225);

  private final Canvas sheet;
  private final Pixels tile;

  private ExplanationSheet(Canvas sheet, Pixels tile) {
    this.sheet = sheet;
    this.tile = tile;
  }

  /** Draws it. */
  public static Pixels draw(Pixels picture, Explanation explanation) {
    double scale = (double) LONGER_SIDE / Math.max(picture.width(), picture.height());
    Pixels tile =
        picture.resize(
            (int) Math.max(1, Math.round(scale * picture.width())),
            (int) Math.max(1, Math.round(scale * picture.height())));
    int tiles = 1 + explanation.words().size();
    int columns = Math.min(COLUMNS, tiles);
    int rows = (tiles + columns - 1) / columns;
    try (Canvas canvas =
        new Canvas(
            GAP + columns * (tile.width() + GAP), GAP + rows * (tile.height() + LABEL + GAP))) {
      ExplanationSheet sheet = new ExplanationSheet(canvas, tile);
      sheet.place(0, tile);
      for (int i = 0; i < explanation.words().size(); i++) {
        sheet.word(i + 1, explanation.words().get(i));
      }
      return canvas.pixels();
    }
  }

  /**
   * Draws it into a PNG file, which is written whole or not at all; folders that are missing are
   * made.
   *
   * @throws DataException if it cannot be written
   */
  public static void write(Pixels picture, Explanation explanation, Path file) {
    ImageWriter.png(draw(picture, explanation), file);
  }

  private void word(int index, WordAttention word) {
    place(index, HeatMap.overlay(tile, word.weights(), word.side()));
    int left = left(index);
    int top = top(index) + tile.height();
    String sentinel = String.format(Locale.ROOT, "%.0f%%", 100 * word.sentinel());
    int sentinelWidth = Canvas.textWidth(sentinel, 0.4);
    int space = tile.width() - sentinelWidth - 6;
    double size = Math.min(0.6, 0.6 * space / Math.max(1, Canvas.textWidth(word.word(), 0.6)));
    sheet.text(word.word(), left, top + BASELINE, Math.max(0.2, size), Canvas.BLACK);
    sheet.text(sentinel, left + tile.width() - sentinelWidth, top + BASELINE, 0.4, DARK);
    int filled = (int) Math.round(word.sentinel() * (tile.width() - 1));
    sheet.fill(left, top + BASELINE + 8, tile.width(), BAR, LIGHT);
    sheet.fill(left, top + BASELINE + 8, filled + 1, BAR, DARK);
  }

  private int left(int index) {
    return GAP + index % COLUMNS * (tile.width() + GAP);
  }

  private int top(int index) {
    return GAP + index / COLUMNS * (tile.height() + LABEL + GAP);
  }

  private void place(int index, Pixels picture) {
    sheet.picture(picture, left(index), top(index));
  }
}
