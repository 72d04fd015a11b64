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

  /** One with other columns is {@link TableLayout}'s. */
  @Override
  public List<Path> find(List<Path> files, List<String> notes) {
    return CaptionLayout.super.find(files.stream().filter(this::reads).toList(), notes);
  }

  @Override
  public boolean present(List<Path> files) {
    return files.stream().anyMatch(file -> named(file.getFileName().toString()) && reads(file));
  }

  @Override
  public boolean reads(Path file) {
    return CsvRows.header(file, CsvRows.COMMAS).equals(HEADER);
  }

  @Override
  public CaptionDataset read(Request request) {
    Path file = request.files().get(0);
    CaptionLists captions = new CaptionLists(file, request.problems());
    CaptionTexts texts = new CaptionTexts(file, request.problems());
    CsvRows.each(
        file,
        CsvRows.COMMAS,
        "image,caption; a caption with commas needs quotes",
        request.problems(),
        (line, fields) -> captions.addCell(fields.get(0), fields.get(1), "line " + line, texts));
    texts.note().ifPresent(request.notes()::add);
    if (captions.isEmpty()) {
      throw request.problems().nothingIn(file, "lines 'image,caption'");
    }
    return request.dataset(this, request.drawn(captions.byName()));
  }
}
