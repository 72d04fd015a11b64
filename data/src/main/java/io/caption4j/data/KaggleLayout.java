package io.caption4j.data;

import java.nio.file.Path;
import java.util.List;

/**
 * The CSV of Flickr8k's copy on Kaggle: {@code captions.txt}, a header {@code image,caption} and
 * one caption a line. It has no split, so one is drawn here.
 */
final class KaggleLayout implements CaptionLayout {
  private static final List<String> HEADER = List.of("image", "caption");

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
    return CsvRows.header(file, CsvRows.COMMAS).equals(HEADER);
  }

  @Override
  public CaptionDataset read(Request request) {
    Path file = request.files().get(0);
    if (!reads(file)) {
      throw new DataException(
          "%s line 1: expected the header 'image,caption', found '%s'."
              .formatted(file, TextLines.shorten(TextLines.first(file))));
    }
    CaptionLists captions = new CaptionLists(file, request.problems());
    CsvRows.each(
        file,
        CsvRows.COMMAS,
        "image,caption; a caption with commas needs quotes",
        request.problems(),
        (line, fields) -> captions.add(fields.get(0), fields.get(1), "line " + line));
    if (captions.isEmpty()) {
      throw request.problems().nothingIn(file, "lines 'image,caption'");
    }
    return request.dataset(this, request.drawn(captions.byName()));
  }
}
