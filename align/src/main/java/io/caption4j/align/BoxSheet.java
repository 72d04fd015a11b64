package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.explain.Canvas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A picture with coloured boxes, and below it texts in the colours of the boxes that they belong
 * to. Each box has a number too, since colours repeat after seven boxes.
 */
final class BoxSheet {
  private static final int LONGER_SIDE = 640; // of the picture
  private static final int LEAST_WIDTH = 320; // of the place for texts
  private static final int GAP = 10;
  private static final int LINE = 5; // thickness of a frame, its black edges too

  /** A text's field: its height, the place of the letters, and what its note takes below it. */
  private static final int FIELD = 26;

  private static final int BASELINE = 19;
  private static final int NOTE = 18;
  private static final double TEXT_SIZE = 0.6;
  private static final double NOTE_SIZE = 0.38;
  private static final int MARGIN = 5; // left and right of the letters in a field

  private final Canvas sheet;
  private final double scale;
  private final int right; // end of the picture
  private final List<Box> boxes;

  /**
   * A text below the picture.
   *
   * @param text in the field
   * @param note small, below it; may be empty
   * @param box the place of its box in the list; -1 if it has none, then it is grey
   * @param starts whether it is the first of those that belong together, which bears the number
   */
  record Label(String text, String note, int box, boolean starts) {
    String shown() {
      return box >= 0 && starts ? "(%d) %s".formatted(box + 1, text) : text;
    }
  }

  /** A label and where it goes, from the left upper corner of all of them. */
  private record Placed(Label label, int left, int top, int width, double size) {}

  private BoxSheet(Canvas sheet, double scale, int right, List<Box> boxes) {
    this.sheet = sheet;
    this.scale = scale;
    this.right = right;
    this.boxes = boxes;
  }

  /**
   * Draws it.
   *
   * @param boxes in pixels of the picture; the first has the number 1
   * @throws AlignException if one reaches out of the picture
   */
  static Pixels draw(Pixels picture, List<Box> boxes, List<Label> labels) {
    boxes.forEach(box -> box.within(picture.width(), picture.height()));
    double scale = (double) LONGER_SIDE / Math.max(picture.width(), picture.height());
    Pixels scaled =
        picture.resize(
            (int) Math.max(1, Math.round(scale * picture.width())),
            (int) Math.max(1, Math.round(scale * picture.height())));
    int width = Math.max(LEAST_WIDTH, scaled.width());
    List<Placed> placed = place(labels, width);
    int texts = placed.isEmpty() ? 0 : placed.get(placed.size() - 1).top + FIELD + NOTE + GAP;
    try (Canvas canvas = new Canvas(width + 2 * GAP, scaled.height() + 2 * GAP + texts)) {
      canvas.picture(scaled, GAP, GAP);
      BoxSheet sheet = new BoxSheet(canvas, scale, GAP + scaled.width(), boxes);
      sheet.boxes();
      placed.forEach(label -> sheet.label(label, scaled.height() + 2 * GAP));
      return canvas.pixels();
    }
  }

  /** In lines as wide as the sheet; those that belong together touch. */
  private static List<Placed> place(List<Label> labels, int width) {
    List<Placed> placed = new ArrayList<>();
    int left = 0;
    int top = 0;
    for (Label label : labels) {
      double size = TEXT_SIZE;
      int textWidth = Canvas.textWidth(label.shown(), size);
      if (textWidth > width - 2 * MARGIN) {
        size = Math.max(0.1, size * (width - 2 * MARGIN) / textWidth);
        textWidth = width - 2 * MARGIN;
      }
      int noteWidth = Canvas.textWidth(label.note, NOTE_SIZE);
      int needed = Math.min(width, Math.max(textWidth, noteWidth) + 2 * MARGIN);
      left += label.starts && left > 0 ? GAP : 0;
      if (left > 0 && left + needed > width) {
        left = 0;
        top += FIELD + NOTE + GAP / 2;
      }
      placed.add(new Placed(label, left, top, needed, size));
      left += needed;
    }
    return placed;
  }

  private void label(Placed placed, int below) {
    Label label = placed.label;
    int left = GAP + placed.left;
    int top = below + placed.top;
    int colour = label.box < 0 ? Canvas.WHITE : Palette.colour(label.box);
    sheet.fill(left, top, placed.width, FIELD, colour);
    int ink = label.box < 0 ? Canvas.grey(110) : Palette.ink(colour);
    sheet.text(label.shown(), left + MARGIN, top + BASELINE, placed.size, ink);
    sheet.text(label.note, left + MARGIN, top + FIELD + 13, NOTE_SIZE, Canvas.grey(80));
  }

  /** Frames, large boxes first so that none hides a smaller one's, then the numbers. */
  private void boxes() {
    List<Integer> order =
        IntStream.range(0, boxes.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> -boxes.get(i).area()))
            .toList();
    List<Box> frames = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Box box = boxes.get(order.get(i));
      long beside = order.subList(0, i).stream().filter(j -> touch(box, boxes.get(j))).count();
      frames.add(frame(box, (int) beside));
      outline(frames.get(i), Palette.colour(order.get(i)));
    }
    List<Box> tags = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      tags.add(tag(frames.get(i), order.get(i), tags));
    }
  }

  /** Whether frames would lie on each other. */
  private static boolean touch(Box a, Box b) {
    return a.x() == b.x()
        || a.y() == b.y()
        || a.x() + a.width() == b.x() + b.width()
        || a.y() + a.height() == b.y() + b.height();
  }

  /** Where a box lies on the sheet, inside of as many frames as it lies beside. */
  private Box frame(Box box, int beside) {
    int left = GAP + (int) Math.round(scale * box.x());
    int top = GAP + (int) Math.round(scale * box.y());
    int width = Math.max(1, (int) Math.round(scale * box.width()));
    int height = Math.max(1, (int) Math.round(scale * box.height()));
    int inside = Math.min(LINE * beside, Math.min(width - 1, height - 1) / 4);
    return new Box(left + inside, top + inside, width - 2 * inside, height - 2 * inside);
  }

  private void outline(Box frame, int colour) {
    sheet.frame(frame.x(), frame.y(), frame.width(), frame.height(), LINE, Canvas.BLACK);
    sheet.frame(
        frame.x() + 1, frame.y() + 1, frame.width() - 2, frame.height() - 2, LINE - 2, colour);
  }

  /** Writes a number into the left upper corner, or beside those that stand there already. */
  private Box tag(Box frame, int number, List<Box> tags) {
    String text = String.valueOf(number + 1);
    int width = Canvas.textWidth(text, TEXT_SIZE) + 2 * MARGIN;
    int left = frame.x();
    int top = frame.y();
    while (taken(tags, left, top, width)) {
      left += width + 1;
      if (left + width > right) {
        left = frame.x();
        top += FIELD + 1;
      }
    }
    int colour = Palette.colour(number);
    sheet.fill(left, top, width, FIELD, colour);
    sheet.text(text, left + MARGIN, top + BASELINE, TEXT_SIZE, Palette.ink(colour));
    return new Box(left, top, width, FIELD);
  }

  private static boolean taken(List<Box> tags, int left, int top, int width) {
    return tags.stream()
        .anyMatch(
            tag ->
                left < tag.x() + tag.width()
                    && tag.x() < left + width
                    && top < tag.y() + FIELD
                    && tag.y() < top + FIELD);
  }
}
