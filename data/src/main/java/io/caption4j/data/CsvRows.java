package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tables with a header, row by row: a broken row is a problem and costs no other one. */
final class CsvRows {
  /** Commas, and quotes round fields that have commas, quotes or line breaks (RFC 4180). */
  static final CSVFormat COMMAS =
      CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();

  /** Bars, and quotes that mean nothing, as Flickr30k's copy on Kaggle. */
  static final CSVFormat BARS =
      COMMAS.builder().setDelimiter('|').setQuote(null).setEscape(null).get();

  /** Semicolons, as spreadsheets write where the comma is the decimal sign. */
  static final CSVFormat SEMICOLONS = COMMAS.builder().setDelimiter(';').get();

  /** Tabs, and quotes as with commas, as pandas writes. */
  static final CSVFormat TABS =
      COMMAS.builder().setDelimiter('\t').setIgnoreSurroundingSpaces(false).get();

  private static final int MOST_LINES = 20; // of one row, against a quote that is never closed

  private record Line(int number, String text) {}

  /** Takes a row that has as many fields as the header. */
  @FunctionalInterface
  interface RowReader {
    /** The line is that on which the row begins, counted from 1. */
    void read(int line, List<String> fields);
  }

  private final Path file;
  private final CSVFormat format;
  private final Problems problems;

  private CsvRows(Path file, CSVFormat format, Problems problems) {
    this.file = file;
    this.format = format;
    this.problems = problems;
  }

  /** The names in a file's first line, in lower case. */
  static List<String> header(Path file, CSVFormat format) {
    try {
      return fields(TextLines.first(file), format).stream()
          .map(name -> name.toLowerCase(Locale.ROOT))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Reads all rows after the header.
   *
   * @param expected what a row should be, for messages
   */
  static void each(
      Path file, CSVFormat format, String expected, Problems problems, RowReader reader) {
    new CsvRows(file, format, problems).read(header(file, format).size(), expected, reader);
  }

  private void read(int columns, String expected, RowReader reader) {
    List<Line> lines = new ArrayList<>();
    TextLines.each(file, problems, (number, text) -> lines.add(new Line(number, text)));
    int next = !lines.isEmpty() && lines.get(0).number() == 1 ? 1 : 0;
    while (next < lines.size()) {
      Line first = lines.get(next);
      int end = end(lines, next);
      if (end < 0) {
        broken(first, "a quote that is not closed");
        next++;
        continue;
      }
      String text = String.join("\n", lines.subList(next, end).stream().map(Line::text).toList());
      next = end;
      try {
        List<String> fields = fields(text, format);
        if (fields.size() == columns) {
          reader.read(first.number(), fields);
        } else {
          broken(first, "%d fields, expected %s".formatted(fields.size(), expected));
        }
      } catch (IOException e) {
        broken(first, e.getMessage());
      }
    }
  }

  /** The line after the row that begins at a line; negative if its quotes do not end. */
  private int end(List<Line> lines, int from) {
    if (format.getQuoteCharacter() == null) {
      return from + 1;
    }
    if (!lines.get(from).text().matches("(.*" + delimiter() + ")?\\s*\".*")) {
      return from + 1; // a quote inside a field means nothing
    }
    long quotes = 0;
    for (int i = from; i < Math.min(lines.size(), from + MOST_LINES); i++) {
      quotes += lines.get(i).text().chars().filter(c -> c == '"').count();
      if (quotes % 2 == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private String delimiter() {
    return Pattern.quote(format.getDelimiterString());
  }

  private void broken(Line line, String found) {
    problems.addLine(
        Kind.BROKEN_ENTRY,
        file,
        line.number(),
        "found %s: '%s'.".formatted(found, TextLines.shorten(line.text())));
  }

  private static List<String> fields(String text, CSVFormat format) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> records = parser.getRecords();
      return records.isEmpty() ? List.of() : records.get(0).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
