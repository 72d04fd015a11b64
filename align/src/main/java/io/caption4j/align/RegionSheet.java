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
 * Captions of a picture's regions as one picture: a coloured box for each, and below the captions
 * in the same colours with their log-probabilities.
 */
public final class RegionSheet {
  private RegionSheet() {}

  /**
   * Draws it.
   *
   * @throws AlignException if a box reaches out of the picture
   */
  public static Pixels draw(Pixels picture, List<RegionCaption> captions) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < captions.size(); i++) {
      String note = String.format(Locale.ROOT, "%.2f", captions.get(i).caption().logProbability());
      labels.add(new Label(captions.get(i).caption().text(), note, i, true));
    }
    return BoxSheet.draw(picture, captions.stream().map(RegionCaption::box).toList(), labels);
  }

  /**
   * Draws it into a PNG file, which is written whole or not at all; folders that are missing are
   * made.
   *
   * @throws DataException if it cannot be written
   */
  public static void write(Pixels picture, List<RegionCaption> captions, Path file) {
    ImageWriter.png(draw(picture, captions), file);
  }
}
