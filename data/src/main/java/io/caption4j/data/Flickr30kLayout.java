package io.caption4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/**
 * Flickr30k (Young et al. 2014): {@code results_20130124.token} with lines {@code name.jpg#k TAB
 * caption}, or {@code results.csv} as its copy on Kaggle has it, lines {@code name.jpg| k|
 * caption}, or with commas, semicolons or tabs. Neither has a split; Karpathy's, which papers use,
 * is taken from {@code dataset_flickr30k.json} if that lies beside the file, otherwise one is
 * drawn.
 */
final class Flickr30kLayout implements CaptionLayout {
  private static final String SPLITS = "dataset_flickr30k.json";
  private static final String TABLE = "results.csv";
  private static final List<String> HEADER = List.of("image_name", "comment_number", "comment");

  @Override
  public String name() {
    return "flickr30k";
  }

  @Override
  public String files() {
    return "results_20130124.token or " + TABLE + " of Flickr30k";
  }

  @Override
  public boolean named(String fileName) {
    return fileName.matches("results_\\d+\\.token") || fileName.equals(TABLE);
  }

  /** Many things are called results.csv, so its header counts; Kaggle's copy has the file twice. */
  @Override
  public List<Path> find(List<Path> files, List<String> notes) {
    List<Path> found = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (named(name) && (!name.equals(TABLE) || isTable(file))) {
        found.add(file);
      }
    }
    List<Path> tokens = found.stream().filter(file -> !file.endsWith(TABLE)).toList();
    List<Path> best = tokens.isEmpty() ? found : tokens;
    boolean copies = best.stream().allMatch(file -> same(file, best.get(0)));
    return copies
        ? best.subList(0, Math.min(1, best.size()))
        : CaptionLayout.super.find(best, notes);
  }

  @Override
  public boolean present(List<Path> files) {
    return files.stream().anyMatch(file -> named(file.getFileName().toString()) && reads(file));
  }

  @Override
  public boolean reads(Path file) {
    return isTable(file) || TokenFile.is(file);
  }

  private static boolean isTable(Path file) {
    return format(file).isPresent();
  }

  /** Bars as on Kaggle, or what a copy that went through pandas or a spreadsheet has. */
  private static Optional<CSVFormat> format(Path file) {
    return CsvRows.format(file, HEADER::equals);
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.mismatch(one, other) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public CaptionDataset read(Request request) {
    Path file = request.files().get(0);
    Map<String, List<String>> captions =
        isTable(file) ? table(file, request) : TokenFile.read(file, request.problems());
    return request.dataset(this, images(request, captions));
  }

  private static Map<String, List<String>> table(Path file, Request request) {
    Problems problems = request.problems();
    CaptionLists captions = new CaptionLists(file, problems);
    CaptionTexts texts = new CaptionTexts(file, problems);
    CsvRows.each(
        file,
        format(file).orElseThrow(),
        "image_name| comment_number| comment",
        problems,
        (line, fields) -> captions.addCell(fields.get(0), fields.get(2), "line " + line, texts));
    texts.note().ifPresent(request.notes()::add);
    if (captions.isEmpty()) {
      throw problems.nothingIn(file, "lines 'name.jpg| k| caption'");
    }
    return captions.byName();
  }

  private List<CaptionedImage> images(Request request, Map<String, List<String>> captions) {
    Path file = request.files().get(0);
    Path json = splits(request);
    if (json == null) {
      return request.drawn(captions);
    }
    request.notes().add("The splits are those of " + json + ".");
    SplitList splits = new SplitList(request.problems());
    KarpathyFile.each(
        json,
        request.problems(),
        image -> splits.add(image.fileName(), image.split(), json, image.fileName()));
    return splits.join(captions, file, request.pictures());
  }

  /** Karpathy's file beside the captions or one folder up in the data set; null if none. */
  private static Path splits(Request request) {
    Path file = request.files().get(0);
    Stream<Path> beside = Stream.of(file.toAbsolutePath().getParent());
    return Stream.concat(beside, PictureFolders.above(request.data(), file).stream())
        .map(place -> place.resolve(SPLITS))
        .filter(Files::exists)
        .findFirst()
        .orElse(null);
  }
}
