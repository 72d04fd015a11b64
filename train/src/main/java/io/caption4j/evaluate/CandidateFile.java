package io.caption4j.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.caption4j.data.DataException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.JsonIds;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Captions to score in any layout that {@code caption} and {@code evaluate --out} write, told by
 * the content: COCO's results, JSON lines, CSV with a header, or lines with tabs. Where a picture
 * has several captions with their ranks, the best counts.
 */
public final class CandidateFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // ids stay exact
          .build();
  private static final String SEPARATOR = "(?i)\\A\\s*\"?sep=.\"?\\R"; // Excel's first line
  private static final List<String> IMAGES =
      List.of("image", "image_id", "file_name", "filename", "image_name", "path");
  private static final List<String> CAPTIONS = List.of("caption", "text");
  private static final String EXPECTED =
      "expected what 'caption' or 'evaluate --out' write: lines with tabs, JSON lines, CSV with the"
          + " header image,caption, or a list [{\"image_id\": ..., \"caption\": \"...\"}, ...]";

  private final Path file;
  private final List<CocoResults.Entry> entries = new ArrayList<>();
  private final Set<String> ranked = new HashSet<>();

  private CandidateFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it is missing or of none of these layouts
   */
  public static CocoResults read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DataException("There is no candidates file " + file + ".", e);
    } catch (CharacterCodingException e) {
      throw new DataException(
          "Cannot read candidates from " + file + ": expected UTF-8, found other bytes.", e);
    } catch (IOException e) {
      throw new DataException(
          "Cannot read candidates from " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (content.stripLeading().startsWith("[")) {
      return CocoResults.parse(content.getBytes(StandardCharsets.UTF_8), file);
    }
    CandidateFile reading = new CandidateFile(file);
    if (content.stripLeading().startsWith("{")) {
      reading.jsonLines(content);
    } else if (!content.lines().filter(l -> !l.isBlank()).findFirst().orElse("").contains("\t")) {
      reading.table(content.replaceFirst(SEPARATOR, ""));
    } else {
      reading.lines(content);
    }
    return new CocoResults(file.toString(), reading.entries);
  }

  private void jsonLines(String text) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode object = JSON.readTree(line);
        JsonNode image = first(object, IMAGES);
        JsonNode caption = first(object, CAPTIONS);
        if (object.has("captions")) {
          caption = object.path("captions").path(0).path("text");
          caption = object.path("captions").isEmpty() ? JSON.valueToTree("") : caption;
        }
        if (!image.isValueNode() || image.isNull() || !caption.isTextual()) {
          throw wrong(number, line);
        }
        entries.add(
            new CocoResults.Entry(JsonIds.of(image).orElse(image.asText()), caption.textValue()));
      } catch (JsonProcessingException e) {
        throw wrong(number, line);
      }
    }
  }

  private static JsonNode first(JsonNode object, List<String> names) {
    return names.stream()
        .filter(object::has)
        .findFirst()
        .map(object::get)
        .orElse(object.path("image"));
  }

  /** With commas, or with semicolons as spreadsheets write where the comma is the decimal sign. */
  private void table(String text) {
    CSVFormat.Builder format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true);
    if (text.lines().findFirst().filter(line -> line.matches("[^,]+;.*")).isPresent()) {
      format.setDelimiter(';');
    }
    try (CSVParser rows = CSVParser.parse(text, format.get())) {
      List<String> header =
          rows.getHeaderNames().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      int image = column(header, IMAGES);
      int caption = column(header, CAPTIONS);
      if (image < 0 || caption < 0) {
        throw wrong(1, text.lines().findFirst().orElse(""));
      }
      for (CSVRecord row : rows) {
        if (!row.isConsistent()) {
          throw wrong((int) rows.getCurrentLineNumber(), String.join(",", row.toList()));
        }
        add(row.get(image), row.get(caption), header.contains("rank"));
      }
    } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
      throw new DataException(
          "Cannot read candidates from %s: %s; %s.".formatted(file, e.getMessage(), EXPECTED), e);
    }
  }

  private static int column(List<String> header, List<String> names) {
    return names.stream().filter(header::contains).findFirst().map(header::indexOf).orElse(-1);
  }

  private void lines(String text) {
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length < 2 || fields.length > 3) {
        throw wrong(number, line);
      }
      add(fields[0], fields[1], fields.length == 3);
    }
  }

  /** Of captions that are ranked, which stand in the order of their ranks, the first counts. */
  private void add(String image, String caption, boolean rank) {
    if (!rank || ranked.add(image)) {
      entries.add(new CocoResults.Entry(image, caption));
    }
  }

  private DataException wrong(int line, String found) {
    String shown = found.length() > 80 ? found.substring(0, 80) + "..." : found;
    return new DataException(
        "Cannot read candidates from %s: line %d: %s; found '%s'."
            .formatted(file, line, EXPECTED, shown.replaceAll("\\p{Cntrl}", "?")));
  }
}
