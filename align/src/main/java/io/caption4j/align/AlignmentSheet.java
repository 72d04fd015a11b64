package io.caption4j.align;

import io.caption4j.align.BoxSheet.Label;
import io.caption4j.data.DataException;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An alignment as one picture: the picture with a coloured box for each snippet, and below it the
 * words in the same colours, each with its score. A box that several snippets belong to is drawn
 * once. Words of weak snippets are grey and have no box.
 */
public final class AlignmentSheet {
  private AlignmentSheet() {}

  /**
   * Draws it.
   *
   * @param least the score, a mean over words, from which a snippet's box is drawn
   * @throws AlignException if a box reaches out of the picture
   */
  public static Pixels draw(Pixels picture, Alignment alignment, double least) {
    List<Box> boxes = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    for (Snippet snippet : alignment.snippets()) {
      boolean strong = snippet.score() >= least;
      if (strong && !boxes.contains(snippet.box())) {
        boxes.add(snippet.box());
      }
      for (int t = snippet.from(); t < snippet.to(); t++) {
        Alignment.Word word = alignment.words().get(t);
        labels.add(
            new Label(
                word.text(),
                String.format(Locale.ROOT, "%.2f", word.score()),
                strong ? boxes.indexOf(snippet.box()) : -1,
                t == snippet.from()));
      }
    }
    return BoxSheet.draw(picture, boxes, labels);
  }

  /**
   * Draws it into a PNG file, which is written whole or not at all; folders that are missing are
   * made.
   *
   * @throws DataException if it cannot be written
   */
  public static void write(Pixels picture, Alignment alignment, double least, Path file) {
    ImageWriter.png(draw(picture, alignment, least), file);
  }
}
