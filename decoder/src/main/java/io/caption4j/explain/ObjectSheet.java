package io.caption4j.explain;

import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.ObjectBox;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A picture with a frame around each object and its name and score on it. */
public final class ObjectSheet {
  private static final int LONGER_SIDE = 640;
  private static final int FRAME = 0xe69f00; // orange, that people with any colour vision see
  private static final int LINE = 4; // thickness of a frame, its black edges too
  private static final int FIELD = 18; // height of a name's field
  private static final int BASELINE = 13;
  private static final int MARGIN = 3; // left and right of the letters
  private static final double TEXT_SIZE = 0.45;

  private ObjectSheet() {}

  /**
   * Draws it.
   *
   * @param objects boxes in pixels of the picture; what reaches out of it is cut off
   */
  public static Pixels draw(Pixels picture, List<DetectedObject> objects) {
    double scale = (double) LONGER_SIDE / Math.max(picture.width(), picture.height());
    Pixels scaled = picture.resize(side(scale * picture.width()), side(scale * picture.height()));
    List<DetectedObject> order = // large ones first, so that none hides a smaller one
        objects.stream()
            .sorted(
                Comparator.comparingDouble((DetectedObject object) -> object.box().area())
                    .reversed())
            .toList();
    try (Canvas canvas = new Canvas(scaled.width(), scaled.height())) {
      canvas.picture(scaled, 0, 0);
      order.forEach(object -> frame(canvas, object.box().scale(scale, scale)));
      order.forEach(object -> name(canvas, object, object.box().scale(scale, scale), scaled));
      return canvas.pixels();
    }
  }

  /**
   * Draws it into a PNG file, which is written whole or not at all; folders that are missing are
   * made.
   *
   * @throws io.caption4j.data.DataException if it cannot be written
   */
  public static void write(Pixels picture, List<DetectedObject> objects, Path file) {
    ImageWriter.png(draw(picture, objects), file);
  }

  private static void frame(Canvas canvas, ObjectBox box) {
    int left = (int) Math.round(box.x());
    int top = (int) Math.round(box.y());
    int width = side(box.width());
    int height = side(box.height());
    canvas.frame(left, top, width, height, LINE, Canvas.BLACK);
    canvas.frame(left + 1, top + 1, width - 2, height - 2, LINE - 2, FRAME);
  }

  /** In the left upper corner of its box, moved where the sheet would end. */
  private static void name(Canvas canvas, DetectedObject object, ObjectBox box, Pixels sheet) {
    String text = String.format(Locale.ROOT, "%s %.2f", object.name(), object.score());
    int width = Canvas.textWidth(text, TEXT_SIZE) + 2 * MARGIN;
    int left = Math.max(0, Math.min((int) Math.round(box.x()), sheet.width() - width));
    int top = Math.max(0, Math.min((int) Math.round(box.y()), sheet.height() - FIELD));
    canvas.fill(left, top, width, FIELD, FRAME);
    canvas.text(text, left + MARGIN, top + BASELINE, TEXT_SIZE, Canvas.BLACK);
  }

  private static int side(double length) {
    return Math.max(1, (int) Math.round(length));
  }
}
