package io.caption4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A picture with its human captions.
 *
 * @param id what results name it by: COCO's image id where there is one, else the file name
 * @param fileName the picture's file name, without folders
 * @param path where the picture should lie; whether it does is not checked here
 * @param split the part of the data set it belongs to
 * @param captions raw captions as the data set has them, at least one
 */
public record CaptionedImage(
    String id, String fileName, Path path, Split split, List<String> captions) {
  /** Checks and copies. */
  public CaptionedImage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(fileName, "fileName");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(split, "split");
    captions = List.copyOf(captions);
    if (captions.isEmpty()) {
      throw new DataException("Picture " + fileName + " has no caption; expected at least one.");
    }
  }
}
