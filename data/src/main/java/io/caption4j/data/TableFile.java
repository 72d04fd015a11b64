package io.caption4j.data;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * A table of pictures and captions whose columns are known by their names: lines with commas,
 * semicolons, tabs or bars between fields, or a JSON list of objects, as LAVIS has it.
 */
final class TableFile {
  private final Path file;
  private final Problems problems;
  private final RowReader rows;
  private final CaptionTexts texts;

  /** Takes the captions of a row. */
  @FunctionalInterface
  interface RowReader {
    /**
     * Called once a row.
     *
     * @param picture name or path, with {@code /} between folders
     * @param split as the row names it; null if the table has no such column
     * @param captions those that are in order; none maybe
     */
    void read(String picture, Split split, List<String> captions);
  }

  private TableFile(Path file, Problems problems, RowReader rows) {
    this.file = file;
    this.problems = problems;
    this.rows = rows;
    this.texts = new CaptionTexts(file, problems);
  }

  /** Whether a file's header tells of pictures and captions. */
  static boolean isLines(Path file) {
    return CsvRows.format(file, CaptionColumns::in).isPresent();
  }

  /** Whether a file is a JSON list of objects whose first has a picture and captions. */
  static boolean isJsonList(Path file) {
    return TextLines.first(file).stripLeading().startsWith("[")
        && CaptionColumns.in(JsonFiles.firstElementFields(file));
  }

  /**
   * Reads all rows; broken ones are problems.
   *
   * @param notes gets what a user should be told once
   * @throws DataException if the columns are not known or the file cannot be read to its end
   */
  static void each(Path file, Problems problems, List<String> notes, RowReader rows) {
    TableFile reading = new TableFile(file, problems, rows);
    if (TextLines.first(file).stripLeading().startsWith("[")) {
      reading.readList();
    } else {
      reading.readLines();
    }
    reading.texts.note().ifPresent(notes::add);
  }

  private void readLines() {
    CSVFormat format =
        CsvRows.format(file, CaptionColumns::in)
            .or(() -> CsvRows.format(file, header -> header.size() > 1))
            .orElse(CsvRows.COMMAS);
    List<String> header = CsvRows.header(file, format);
    CaptionColumns columns;
    try {
      columns = CaptionColumns.of(header);
    } catch (DataException e) {
      throw new DataException(file + " line 1: " + e.getMessage(), e);
    }
    CsvRows.each(
        file,
        format,
        header.size()
            + " as in the header; a caption with '"
            + format.getDelimiterString()
            + "' needs quotes",
        problems,
        (line, fields) -> {
          String place = "line " + line;
          String picture = fields.get(header.indexOf(columns.picture()));
          if (CaptionTexts.fault(picture).isPresent()) {
            broken(place, "expected a picture in '" + columns.picture() + "', found none.");
            return;
          }
          List<String> captions = new ArrayList<>();
          for (String column : columns.captions()) {
            captions.addAll(texts.ofCell(picture, place, fields.get(header.indexOf(column))));
          }
          String split =
              columns.split() == null ? null : fields.get(header.indexOf(columns.split()));
          row(place, picture, split, captions);
        });
  }

  private void readList() {
    JsonFiles.readArray(
        file,
        (index, parser) -> {
          String place = "[" + index + "]";
          if (parser.currentToken() != JsonToken.START_OBJECT) {
            broken(
                place,
                "expected an object, found %s.".formatted(JsonFiles.kind(parser.currentToken())));
            parser.skipChildren();
            return;
          }
          JsonNode object = parser.readValueAsTree();
          List<String> names = new ArrayList<>();
          object.fieldNames().forEachRemaining(names::add);
          if (!CaptionColumns.in(names)) {
            broken(
                place,
                "expected a picture and a caption, found %s."
                    .formatted(TextLines.shorten(object.toString())));
            return;
          }
          try {
            readObject(place, object, CaptionColumns.of(names));
          } catch (DataException e) {
            broken(place, e.getMessage());
          }
        });
  }

  private void readObject(String place, JsonNode object, CaptionColumns columns) {
    JsonNode name = object.get(columns.picture());
    Optional<String> picture =
        name.isTextual() || name.isIntegralNumber() ? Optional.of(name.asText()) : Optional.empty();
    if (picture.flatMap(CaptionTexts::fault).isPresent() || picture.isEmpty()) {
      broken(
          place,
          "expected a picture in '%s', found %s."
              .formatted(columns.picture(), TextLines.shorten(name.toString())));
      return;
    }
    List<String> captions = new ArrayList<>();
    for (String column : columns.captions()) {
      captions.addAll(texts.ofJson(picture.get(), place, object.get(column)));
    }
    String split = columns.split() == null ? null : object.get(columns.split()).asText();
    row(place, picture.get(), split, captions);
  }

  private void row(String place, String picture, String split, List<String> captions) {
    try {
      rows.read(
          picture.strip().replace('\\', '/'),
          CaptionTexts.fault(split).isPresent() ? null : Split.of(split.strip()),
          captions);
    } catch (DataException e) {
      broken(place, e.getMessage());
    }
  }

  private void broken(String place, String text) {
    problems.add(Kind.BROKEN_ENTRY, file, place, text);
  }
}
