package io.caption4j.data;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The CSV of Flickr8k's copy on Kaggle: {@code captions.txt}, a header {@code image,caption} and
 * one caption a line. It has no split, so one is drawn here.
 */
final class KaggleLayout implements CaptionLayout {
  /** One picture in ten for validation and one in ten for the test. */
  private static final int TENTH = 10;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setIgnoreSurroundingSpaces(true)
          .get();

  @Override
  public String name() {
    return "kaggle";
  }

  @Override
  public String files() {
    return "captions.txt or captions.csv with a header image,caption";
  }

  @Override
  public boolean named(String fileName) {
    return fileName.equalsIgnoreCase("captions.txt") || fileName.equalsIgnoreCase("captions.csv");
  }

  @Override
  public boolean reads(Path file) {
    return TextLines.first(file).toLowerCase(Locale.ROOT).matches("\\s*image\\s*,\\s*caption\\s*");
  }

  @Override
  public CaptionDataset read(Request request) {
    Path file = request.files().get(0);
    if (!reads(file)) {
      throw new DataException(
          "%s line 1: expected the header 'image,caption', found '%s'."
              .formatted(file, TextLines.shorten(TextLines.first(file))));
    }
    Map<String, List<String>> captions = captions(file);
    if (captions.isEmpty()) {
      throw new DataException(file + " has no captions.");
    }
    // The order of the file must not matter, so the names are sorted before they are shuffled.
    List<String> drawn = new ArrayList<>(new TreeSet<>(captions.keySet()));
    Collections.shuffle(drawn, new Random(request.seed()));
    int heldOut = drawn.size() < 3 ? 0 : Math.max(1, drawn.size() / TENTH);
    int train = drawn.size() - 2 * heldOut;
    Set<String> val = Set.copyOf(drawn.subList(train, train + heldOut));
    Set<String> test = Set.copyOf(drawn.subList(train + heldOut, drawn.size()));
    List<CaptionedImage> images = new ArrayList<>();
    captions.forEach(
        (name, texts) -> {
          Split split =
              val.contains(name) ? Split.VAL : test.contains(name) ? Split.TEST : Split.TRAIN;
          Path path = request.pictures().find(List.of(name));
          images.add(new CaptionedImage(name, name, path, split, texts));
        });
    List<String> notes = new ArrayList<>(request.notes());
    notes.add(
        "%s has no split; drew one with seed %d: %d pictures train, %d val, %d test. Scores on it cannot be compared with the official split's."
            .formatted(file, request.seed(), train, heldOut, heldOut));
    return new CaptionDataset(name(), file, images, notes);
  }

  /** Captions by file name, in the order of the file. */
  private static Map<String, List<String>> captions(Path file) {
    Map<String, List<String>> captions = new LinkedHashMap<>();
    try (Reader reader = TextLines.reader(file);
        CSVParser parser = FORMAT.parse(reader)) {
      for (CSVRecord row : parser) {
        if (row.size() != 2 || row.get(0).isEmpty()) {
          throw new DataException(
              "%s line %d: expected 'image,caption', found %d fields; a caption with commas needs quotes."
                  .formatted(file, parser.getCurrentLineNumber(), row.size()));
        }
        String caption = row.get(1).strip();
        if (!caption.isEmpty()) {
          captions.computeIfAbsent(row.get(0), k -> new ArrayList<>()).add(caption);
        }
      }
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return captions;
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException(
        e instanceof CharacterCodingException
            ? file + " is not UTF-8 text; convert it to UTF-8."
            : file + " is not valid CSV: " + e.getMessage(),
        e);
  }
}
