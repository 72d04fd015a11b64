package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /** The first line that is not Excel's {@code sep=;}. */
  private static String headerLine(Path file) {
    String first = TextLines.first(file);
    return isSeparator(first) ? TextLines.second(file) : first;
  }

  private static boolean isSeparator(String line) {
    return line.matches("(?i)\"?sep=.?\"?");
  }

  /** The format in which a file's header is what is asked for. */
  static Optional<CSVFormat> format(Path file, Predicate<List<String>> header) {
    return Stream.of(COMMAS, SEMICOLONS, TABS, BARS)
        .filter(format -> header.test(header(file, format)))
        .findFirst();
  }

  /** The names in a file's header, in lower case. */
  static List<String> header(Path file, CSVFormat format) {
    try {
      return fields(headerLine(file), format).stream()
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
    if (next == 1 && isSeparator(lines.get(0).text())) {
      next = Math.min(2, lines.size()); // the header
    }
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
          broken(
              first,
              "%d %s, expected %s"
                  .formatted(fields.size(), fields.size() == 1 ? "field" : "fields", expected));
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
