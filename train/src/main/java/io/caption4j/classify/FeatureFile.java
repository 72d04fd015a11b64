package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.encoder.Npy;
import io.caption4j.encoder.NpyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Features of any model in numpy's format, with the pictures' names beside them, one a line in the
 * order of the rows: what {@code caption4j features} writes, and {@code numpy.save} with a text
 * file.
 */
final class FeatureFile {
  private static final String SUFFIX = ".npy";

  private FeatureFile() {}

  /**
   * Opens a file of features.
   *
   * @param file FILE.npy, (N, C) or (N, C, ...)
   * @throws DataException if its shape is another
   * @throws io.caption4j.encoder.EncoderException if it is no such file
   */
  static NpyReader open(Path file) {
    NpyReader reader = NpyReader.open(file);
    Npy header = reader.header();
    if (header.shape().length < 2 || header.rowLength() == 0) {
      throw new DataException(
          "%s: expected features of the shape (pictures, features), found %s."
              .formatted(file, header));
    }
    return reader;
  }

  /**
   * The row of each picture.
   *
   * @param file FILE.npy; the names lie in FILE.txt
   * @param count of the file's rows
   * @param images are looked up by name, else by the file name alone where that is unambiguous
   * @throws DataException if a picture has no row, or names and rows do not match
   */
  static Map<LabelledImage, Integer> rows(Path file, long count, List<LabelledImage> images) {
    Map<String, Integer> byName = names(file, count);
    Map<LabelledImage, Integer> rows = new HashMap<>();
    for (LabelledImage image : images) {
      Integer row = byName.get(image.name());
      if (row == null) {
        row = byName.get(last(image.name()));
      }
      if (row == null || row < 0) {
        throw new DataException(
            "%s has no row for the picture '%s'%s."
                .formatted(
                    names(file),
                    image.name(),
                    row == null ? "" : ", and several for files of its name"));
      }
      rows.put(image, row);
    }
    return rows;
  }

  /** Rows by name, and by file name alone; -1 for a file name that several have. */
  private static Map<String, Integer> names(Path file, long rows) {
    List<String> lines;
    try {
      lines = Files.readAllLines(names(file));
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be read (%s); expected the pictures' names, one a line, in the order of the rows of %s."
              .formatted(names(file), e, file),
          e);
    }
    if (lines.size() != rows) {
      throw new DataException(
          "%s has %d names, %s has %d rows; expected as many."
              .formatted(names(file), lines.size(), file, rows));
    }
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      byName.merge(last(lines.get(i).replace('\\', '/')), i, (a, b) -> -1);
    }
    for (int i = 0; i < lines.size(); i++) {
      byName.put(lines.get(i).replace('\\', '/'), i);
    }
    return byName;
  }

  private static Path names(Path file) {
    String name = file.getFileName().toString();
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return file.resolveSibling(stem + ".txt");
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
