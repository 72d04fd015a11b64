package io.caption4j.train;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of pictures that a data set names but that could not be encoded. */
public final class SkippedPictures {
  private static final Logger LOG = LoggerFactory.getLogger(SkippedPictures.class);
  private static final int NAMED = 10;

  private SkippedPictures() {}

  /** Counts them and names the first few, as warnings. */
  public static void report(Map<Path, String> skipped, int all) {
    if (skipped.isEmpty()) {
      return;
    }
    LOG.warn("{} of {} pictures are left out:", skipped.size(), all);
    skipped.values().stream().limit(NAMED).forEach(reason -> LOG.warn("  {}", reason));
    if (skipped.size() > NAMED) {
      LOG.warn("  and {} more.", skipped.size() - NAMED);
    }
  }

  /**
   * Makes sure that some pictures of a split are left.
   *
   * @throws DataException if there are none
   */
  public static void requireSome(List<CaptionedImage> left, Split split, Path data) {
    if (left.isEmpty()) {
      throw new DataException(
          "None of the pictures of split '%s' of %s could be read; name their folder with --images."
              .formatted(split.label(), data));
    }
  }
}
