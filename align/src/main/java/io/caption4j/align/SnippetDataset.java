package io.caption4j.align;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.AtomicFiles;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a data set whose pictures are parts of others and whose captions are snippets, in
 * Karpathy's layout: what a captioner of regions is trained on. The parts go to {@code images/} as
 * JPEG files as they come, the captions to {@code dataset_regions.json} at the end; one that was
 * stopped and is begun anew keeps the parts that are there. For one thread.
 */
public final class SnippetDataset {
  private static final String FILE = "dataset_regions.json";
  private static final String IMAGES = "images";
  private static final int QUALITY = 92;
  private static final int HASH_DIGITS = 12;

  private final Path folder;
  private final List<Entry> entries = new ArrayList<>();
  private long snippets;

  /** The whole file. */
  private record Layout(String dataset, List<Entry> images) {}

  /** A part of a picture; the last two are for people. */
  private record Entry(
      String filename, String split, List<Sentence> sentences, String picture, Box box) {}

  private record Sentence(String raw) {}

  /**
   * Begins one.
   *
   * @param folder made when the first part is written
   * @param overwrite whether one that is there and whole is replaced
   * @throws AlignException if there is one and it shall not be replaced
   */
  public SnippetDataset(Path folder, boolean overwrite) {
    this.folder = folder;
    if (!overwrite && Files.exists(file())) {
      throw new AlignException(
          "There is a data set of regions already, %s; name another folder, or replace it with --overwrite."
              .formatted(file()));
    }
  }

  private Path file() {
    return folder.resolve(FILE);
  }

  /** Parts added so far. */
  public int parts() {
    return entries.size();
  }

  /** Snippets added so far. */
  public long snippets() {
    return snippets;
  }

  /**
   * Adds parts of a picture and writes those that are not there yet. A file's name tells the
   * picture's content and the box, so that no two are mixed up.
   *
   * @param source the picture's place and split
   * @param picture its pixels
   * @throws DataException if a part cannot be written
   * @throws io.caption4j.data.ImageException if the picture is gone
   */
  public void add(CaptionedImage source, Pixels picture, List<BoxSnippets> boxes) {
    String name = source.path().getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String hash = FileHash.sha256(source.path()).substring(0, HASH_DIGITS);
    for (BoxSnippets found : boxes) {
      Box box = found.box();
      String part =
          "%s-%s-%d-%d-%d-%d.jpg"
              .formatted(stem, hash, box.x(), box.y(), box.width(), box.height());
      Path target = folder.resolve(IMAGES).resolve(part);
      if (!Files.exists(target)) {
        ImageWriter.jpeg(box.of(picture), QUALITY, target);
      }
      entries.add(
          new Entry(
              part,
              source.split().label(),
              found.texts().stream().map(Sentence::new).toList(),
              source.fileName(),
              box));
      snippets += found.texts().size();
    }
  }

  /**
   * Writes the captions, whole or not at all.
   *
   * @return the file
   * @throws AlignException if there are none
   * @throws DataException if it cannot be written
   */
  public Path write() {
    if (entries.isEmpty()) {
      throw new AlignException(
          "No caption has two words beside each other for the same box with a score as high as asked for; lower --least-score or raise --beta.");
    }
    Layout layout = new Layout("regions", entries);
    try {
      AtomicFiles.write(file(), part -> new ObjectMapper().writeValue(part.toFile(), layout));
    } catch (IOException e) {
      throw new DataException("Cannot write %s: %s.".formatted(file(), FileErrors.reason(e)), e);
    }
    return file();
  }
}
