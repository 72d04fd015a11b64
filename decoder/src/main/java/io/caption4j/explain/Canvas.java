package io.caption4j.explain;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import io.caption4j.data.Pixels;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A white sheet to draw pictures, rectangles and letters on. Letters are OpenCV's own, so no fonts
 * are needed; what is not Latin becomes question marks. Colours are 0xRRGGBB; what lies outside the
 * sheet is cut off, but for pictures, which must fit. For one thread.
 */
public final class Canvas implements AutoCloseable {
  /** White. */
  public static final int WHITE = 0xffffff;

  /** Black. */
  public static final int BLACK = 0;

  private final Mat sheet; // (H, W, 3)

  /**
   * A white one.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   */
  public Canvas(int width, int height) {
    try (Scalar white = colour(WHITE)) {
      sheet = new Mat(height, width, CV_8UC3, white);
    }
  }

  /** A shade of grey, 0 (black) to 255 (white). */
  public static int grey(int level) {
    return level << 16 | level << 8 | level;
  }

  /** Places a picture with its left upper corner there. */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  public void picture(Pixels picture, int left, int top) {
    try (PointerScope scope = new PointerScope()) {
      Rect where = new Rect(left, top, picture.width(), picture.height());
      Mats.of(picture).copyTo(new Mat(sheet, where));
    }
  }

  /** A filled rectangle. */
  public void fill(int left, int top, int width, int height, int rgb) {
    box(left, top, width, height, FILLED, rgb);
  }

  /** The outline of a rectangle; the lines lie inside it, as far as it is large enough. */
  public void frame(int left, int top, int width, int height, int thickness, int rgb) {
    for (int i = 0; i < thickness && 2 * i < Math.min(width, height); i++) {
      box(left + i, top + i, width - 2 * i, height - 2 * i, 1, rgb);
    }
  }

  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  private void box(int left, int top, int width, int height, int thickness, int rgb) {
    try (PointerScope scope = new PointerScope()) {
      Point from = new Point(left, top);
      Point to = new Point(left + width - 1, top + height - 1);
      rectangle(sheet, from, to, colour(rgb), thickness, LINE_8, 0);
    }
  }

  /**
   * A line of text.
   *
   * @param baseline the row that the letters stand on
   * @param size 1 has capital letters of about 22 pixels
   */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  public void text(String text, int left, int baseline, double size, int rgb) {
    try (PointerScope scope = new PointerScope()) {
      Point at = new Point(left, baseline);
      putText(sheet, text, at, FONT_HERSHEY_SIMPLEX, size, colour(rgb), 1, LINE_AA, false);
    }
  }

  /** Columns that a line of text takes up. */
  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  public static int textWidth(String text, double size) {
    try (PointerScope scope = new PointerScope()) {
      return getTextSize(text, FONT_HERSHEY_SIMPLEX, size, 1, new int[1]).width();
    }
  }

  /** What has been drawn so far, copied. */
  public Pixels pixels() {
    return Mats.pixels(sheet);
  }

  @Override
  public void close() {
    sheet.close();
  }

  private static Scalar colour(int rgb) {
    return new Scalar(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, 0);
  }
}
