package io.caption4j.explain;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.DataException;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Explanation;
import io.caption4j.decoder.Explanation.WordAttention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * An explanation as one picture: the picture itself, then a tile for each word with its heat map,
 * the word under it, and the sentinel's weight as a number and a grey bar. Letters are OpenCV's
 * own, so no fonts are needed; what is not Latin becomes question marks.
 */
public final class ExplanationSheet {
  private static final int LONGER_SIDE = 240; // of a tile
  private static final int COLUMNS = 5;
  private static final int GAP = 10;
  private static final int LABEL = 36; // height under a tile
  private static final int BASELINE = 20; // of the word under its tile
  private static final int BAR = 6; // height of the sentinel's bar

  private final Mat sheet;
  private final Pixels tile;

  private ExplanationSheet(Mat sheet, Pixels tile) {
    this.sheet = sheet;
    this.tile = tile;
  }

  /** Draws it. */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  public static Pixels draw(Pixels picture, Explanation explanation) {
    double scale = (double) LONGER_SIDE / Math.max(picture.width(), picture.height());
    Pixels tile =
        picture.resize(
            (int) Math.max(1, Math.round(scale * picture.width())),
            (int) Math.max(1, Math.round(scale * picture.height())));
    int tiles = 1 + explanation.words().size();
    int columns = Math.min(COLUMNS, tiles);
    int rows = (tiles + columns - 1) / columns;
    try (PointerScope scope = new PointerScope()) {
      Mat canvas =
          new Mat(
              GAP + rows * (tile.height() + LABEL + GAP),
              GAP + columns * (tile.width() + GAP),
              CV_8UC3,
              grey(255)); // (H, W, 3)
      ExplanationSheet sheet = new ExplanationSheet(canvas, tile);
      sheet.place(0, tile);
      for (int i = 0; i < explanation.words().size(); i++) {
        sheet.word(i + 1, explanation.words().get(i));
      }
      return Mats.pixels(canvas);
    }
  }

  /**
   * Draws it into a PNG file, which is written whole or not at all; folders that are missing are
   * made.
   *
   * @throws DataException if it cannot be written
   */
  public static void write(Pixels picture, Explanation explanation, Path file) {
    byte[] png = png(draw(picture, explanation));
    try {
      AtomicFiles.write(file, part -> Files.write(part, png));
    } catch (IOException e) {
      throw new DataException("Cannot write the explanation " + file + ": " + e, e);
    }
  }

  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  private static byte[] png(Pixels picture) {
    try (PointerScope scope = new PointerScope()) {
      Mat bgr = new Mat(); // (H, W, 3)
      cvtColor(Mats.of(picture), bgr, COLOR_RGB2BGR);
      BytePointer encoded = new BytePointer();
      imencode(".png", bgr, encoded);
      byte[] bytes = new byte[(int) encoded.limit()];
      encoded.get(bytes);
      return bytes;
    }
  }

  private void word(int index, WordAttention word) {
    place(index, HeatMap.overlay(tile, word.weights(), word.side()));
    int left = left(index);
    int top = top(index) + tile.height();
    String sentinel = String.format(Locale.ROOT, "%.0f%%", 100 * word.sentinel());
    int sentinelWidth = textWidth(sentinel, 0.4);
    int space = tile.width() - sentinelWidth - 6;
    double size = Math.min(0.6, 0.6 * space / Math.max(1, textWidth(word.word(), 0.6)));
    text(word.word(), left, top + BASELINE, Math.max(0.2, size), 0);
    text(sentinel, left + tile.width() - sentinelWidth, top + BASELINE, 0.4, 130);
    int filled = (int) Math.round(word.sentinel() * (tile.width() - 1));
    bar(left, top + BASELINE + 8, tile.width() - 1, 225);
    bar(left, top + BASELINE + 8, filled, 130);
  }

  private int left(int index) {
    return GAP + index % COLUMNS * (tile.width() + GAP);
  }

  private int top(int index) {
    return GAP + index / COLUMNS * (tile.height() + LABEL + GAP);
  }

  private void place(int index, Pixels picture) {
    Rect where = new Rect(left(index), top(index), picture.width(), picture.height());
    Mats.of(picture).copyTo(new Mat(sheet, where));
  }

  private void bar(int left, int top, int width, int level) {
    Point from = new Point(left, top);
    Point to = new Point(left + width, top + BAR - 1);
    rectangle(sheet, from, to, grey(level), FILLED, LINE_8, 0);
  }

  private void text(String text, int left, int baseline, double size, int level) {
    Point at = new Point(left, baseline);
    putText(sheet, text, at, FONT_HERSHEY_SIMPLEX, size, grey(level), 1, LINE_AA, false);
  }

  private static int textWidth(String text, double size) {
    return getTextSize(text, FONT_HERSHEY_SIMPLEX, size, 1, new int[1]).width();
  }

  private static Scalar grey(int level) {
    return new Scalar(level, level, level, 0);
  }
}
