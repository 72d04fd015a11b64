package io.caption4j.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A caption data set: its pictures in the order of its file.
 *
 * @param layout the layout that was recognised, for example {@code flickr8k} or {@code karpathy}
 * @param source the file that the captions were read from
 * @param images all pictures of all splits
 * @param notes what a user should be told once, such as a split that was made here
 */
public record CaptionDataset(
    String layout, Path source, List<CaptionedImage> images, List<String> notes) {
  /** Copies the lists. */
  public CaptionDataset {
    images = List.copyOf(images);
    notes = List.copyOf(notes);
  }

  /** The pictures of one split, in the order of the file; may be empty. */
  public List<CaptionedImage> images(Split split) {
    return images.stream().filter(image -> image.split() == split).toList();
  }

  /**
   * The pictures of one split.
   *
   * @throws DataException if it has none; the message names the splits that do
   */
  public List<CaptionedImage> require(Split split) {
    List<CaptionedImage> found = images(split);
    if (found.isEmpty()) {
      throw new DataException(
          "%s has no pictures in split '%s'; it has %s."
              .formatted(
                  source,
                  split.label(),
                  images.stream().map(i -> i.split().label()).distinct().sorted().toList()));
    }
    return found;
  }
}
