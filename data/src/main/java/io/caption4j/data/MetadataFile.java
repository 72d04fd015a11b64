package io.caption4j.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;

/**
 * A {@code metadata.jsonl} (an object a line) or {@code metadata.csv} (with a header): {@code
 * file_name} and {@code captions}, a list, or {@code caption}, or {@code caption_0}, {@code
 * caption_1} and so on, or {@code text}. A file name may stand in many lines with a caption each. A
 * {@code split} may stand beside them.
 */
final class MetadataFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN
          .build();
  private static final String NAME = "file_name";
  private static final String SPLIT = "split";

  /** The names of fields with captions; the first that there is counts. */
  private static final List<Pattern> CAPTIONS =
      List.of(
          Pattern.compile("captions"),
          Pattern.compile("caption|caption_?\\d+"),
          Pattern.compile("text"));

  private final Path file;
  private final Problems problems;
  private final RowReader rows;
  private final CaptionTexts texts;

  /** Takes the captions of a line. */
  @FunctionalInterface
  interface RowReader {
    /**
     * Called once a line.
     *
     * @param fileName with {@code /} between folders
     * @param split as the field {@code split} names it; null if there is none
     * @param captions those that are not empty; none maybe
     */
    void read(String fileName, Split split, List<String> captions);
  }

  private MetadataFile(Path file, Problems problems, RowReader rows) {
    this.file = file;
    this.problems = problems;
    this.rows = rows;
    this.texts = new CaptionTexts(file, problems);
  }

  /** Whether a file begins like one. */
  static boolean is(Path file) {
    String line = TextLines.first(file);
    if (!line.stripLeading().startsWith("{")) {
      return CsvRows.format(file, header -> header.contains(NAME)).isPresent();
    }
    try {
      return JSON.readTree(line).hasNonNull(NAME);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Reads all lines; broken ones are problems. */
  static void each(Path file, Problems problems, List<String> notes, RowReader rows) {
    MetadataFile reading = new MetadataFile(file, problems, rows);
    if (TextLines.first(file).stripLeading().startsWith("{")) {
      TextLines.each(file, problems, reading::readObject);
    } else {
      reading.readTable();
    }
    reading.texts.note().ifPresent(notes::add);
  }

  private void readObject(int line, String text) {
    try {
      JsonNode object = JSON.readTree(text);
      JsonNode value = object.path(NAME);
      String picture = value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
      if (picture.isBlank()) {
        broken(line, "expected a '%s', found none in '%s'", NAME, TextLines.shorten(text));
        return;
      }
      List<String> captions = new ArrayList<>();
      for (String name : captionNames(object.fieldNames())) {
        captions.addAll(texts.ofJson(picture, "line " + line, object.get(name)));
      }
      row(line, picture, object.path(SPLIT).asText(""), captions);
    } catch (JsonProcessingException e) {
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      broken(line, "expected a JSON object, found '%s' (%s)", TextLines.shorten(text), reason);
    }
  }

  private void readTable() {
    CSVFormat format =
        CsvRows.format(file, columns -> columns.contains(NAME)).orElse(CsvRows.COMMAS);
    List<String> header = CsvRows.header(file, format);
    List<String> names = captionNames(header.iterator());
    if (!header.contains(NAME) || names.isEmpty()) {
      throw new DataException(
          "%s line 1: expected a header with file_name and text, caption or captions, found '%s'."
              .formatted(file, TextLines.shorten(TextLines.first(file))));
    }
    int name = header.indexOf(NAME);
    int split = header.indexOf(SPLIT);
    int[] columns = names.stream().mapToInt(header::indexOf).toArray();
    CsvRows.each(
        file,
        format,
        "%d as in the header; a caption with '%s' needs quotes"
            .formatted(header.size(), format.getDelimiterString()),
        problems,
        (line, fields) -> {
          String picture = fields.get(name);
          if (picture.isBlank()) {
            String row = TextLines.shorten(String.join(",", fields));
            broken(line, "expected a '%s', found none in '%s'", NAME, row);
            return;
          }
          List<String> captions = new ArrayList<>();
          for (int column : columns) {
            captions.addAll(texts.ofCell(picture, "line " + line, fields.get(column)));
          }
          row(line, picture, split < 0 ? "" : fields.get(split), captions);
        });
  }

  private void row(int line, String picture, String split, List<String> captions) {
    try {
      rows.read(
          picture.replace('\\', '/'),
          CaptionTexts.fault(split).isPresent() ? null : Split.of(split.strip()),
          captions);
    } catch (DataException e) {
      broken(line, "%s", e.getMessage().replaceAll("\\.$", ""));
    }
  }

  private void broken(int line, String format, Object... values) {
    problems.addLine(Kind.BROKEN_ENTRY, file, line, format.formatted(values) + ".");
  }

  private static List<String> captionNames(Iterator<String> names) {
    List<String> all = new ArrayList<>();
    names.forEachRemaining(all::add);
    return CAPTIONS.stream()
        .map(pattern -> all.stream().filter(n -> pattern.matcher(n).matches()).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }
}
