package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.PictureFolders;
import io.caption4j.data.Split;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table of pictures and classes: a header {@code image,label} or {@code image,label,split}. */
final class LabelTable {
  private static final String IMAGE = "image";
  private static final String LABEL = "label";
  private static final String SPLIT = "split";

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .get();

  private final Path file;
  private final PictureFolders folders;

  private LabelTable(Path file, PictureFolders folders) {
    this.file = file;
    this.folders = folders;
  }

  /**
   * Reads it.
   *
   * @param images the folder of the pictures; null for images/ beside the table, or its own folder
   * @param notes receives what there is to tell of where pictures were found
   * @return pictures in the table's order; without a split if it has no such column
   */
  static List<LabelledImage> read(Path file, Path images, List<String> notes) {
    Path parent = file.toAbsolutePath().getParent();
    PictureFolders folders =
        images != null ? PictureFolders.named(images) : PictureFolders.around(parent, file);
    LabelTable table = new LabelTable(file, folders);
    try (Reader reader = reader(file);
        CSVParser parser = FORMAT.parse(reader)) {
      List<LabelledImage> found = table.rows(parser);
      notes.addAll(folders.notes());
      return found;
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (IOException | IllegalArgumentException e) { // a header with a name twice
      throw unreadable(file, e);
    }
  }

  private List<LabelledImage> rows(CSVParser parser) {
    List<String> header =
        parser.getHeaderNames().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    if (!header.contains(IMAGE) || !header.contains(LABEL)) {
      throw new DataException(
          "%s line 1: expected the header 'image,label' or 'image,label,split', found '%s'."
              .formatted(file, String.join(",", parser.getHeaderNames())));
    }
    Map<String, Long> lines = new LinkedHashMap<>();
    List<LabelledImage> images = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (CSVRecord row : parser) {
      long line = parser.getCurrentLineNumber();
      String name = value(row, line, IMAGE);
      Long before = lines.put(name, line);
      if (before != null) {
        throw new DataException(
            "%s line %d: the picture '%s' stands in line %d already."
                .formatted(file, line, name, before));
      }
      Path path = find(name, line);
      if (!Files.exists(path)) {
        missing.add("%s line %d: there is no picture %s".formatted(file, line, path));
      }
      images.add(
          new LabelledImage(
              name,
              path,
              value(row, line, LABEL),
              header.contains(SPLIT) ? split(value(row, line, SPLIT), line) : null));
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s (%d of %d are missing); name the folder of the pictures with --images."
              .formatted(missing.get(0), missing.size(), images.size()));
    }
    if (images.isEmpty()) {
      throw new DataException(file + " has no pictures, only a header.");
    }
    return images;
  }

  private String value(CSVRecord row, long line, String column) {
    String value = row.isSet(column) ? row.get(column).strip() : "";
    if (value.isEmpty() || !row.isConsistent()) {
      throw new DataException(
          "%s line %d: expected %s, found '%s'."
              .formatted(
                  file,
                  line,
                  row.isConsistent() ? "a value for " + column : "as many fields as the header has",
                  String.join(",", row.toList())));
    }
    return value;
  }

  private Split split(String name, long line) {
    try {
      return Split.of(name);
    } catch (DataException e) {
      throw new DataException("%s line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }

  private Path find(String name, long line) {
    try {
      return folders.find(List.of(name));
    } catch (DataException e) {
      throw new DataException("%s line %d: %s".formatted(file, line, e.getMessage()), e);
    }
  }

  /** Throws CharacterCodingException at malformed bytes; passes over a byte order mark. */
  private static Reader reader(Path file) throws IOException {
    BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  private static DataException unreadable(Path file, Exception e) {
    return new DataException(
        e instanceof CharacterCodingException
            ? file + " is not UTF-8 text; convert it to UTF-8."
            : "%s is not a table of labels (CSV): %s".formatted(file, e.getMessage()),
        e);
  }
}
