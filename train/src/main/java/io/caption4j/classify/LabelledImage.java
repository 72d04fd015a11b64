package io.caption4j.classify;

import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A picture and what it shows.
 *
 * @param name its path below the folder of pictures, with slashes
 * @param path its file
 * @param label the name of its class
 * @param split what it is for; null only until one is drawn
 */
public record LabelledImage(String name, Path path, String label, Split split) {
  /** Checks that nothing needed is missing. */
  public LabelledImage {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(label, "label");
  }

  /** The same picture in a split. */
  LabelledImage in(Split other) {
    return new LabelledImage(name, path, label, other);
  }
}
