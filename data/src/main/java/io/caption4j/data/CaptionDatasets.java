package io.caption4j.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds and reads a caption data set, whatever its layout. */
public final class CaptionDatasets {
  /** Most telling layout first: Karpathy's has its own split, Kaggle's has none. */
  private static final List<CaptionLayout> LAYOUTS =
      List.of(
          new KarpathyLayout(),
          new FlickrLayout(),
          new Flickr30kLayout(),
          new CocoLayout(),
          new MetadataLayout(),
          new KaggleLayout(),
          TableLayout.ofJsonLists(),
          TableLayout.ofLines(),
          new SidecarLayout());

  /** The data set's folder and its sub-folders, such as text/ or annotations/. */
  static final int DEPTH = 2;

  private CaptionDatasets() {}

  /**
   * Reads the data set in a folder or a file, to train or to measure on it. Known layouts:
   * Karpathy's {@code dataset_*.json}, Flickr8k's {@code Flickr8k.token.txt} with its split lists,
   * Flickr30k's {@code results_20130124.token} or {@code results.csv}, COCO's {@code
   * captions_*.json}, an imagefolder's {@code metadata.jsonl} or {@code metadata.csv}, Kaggle's
   * {@code captions.txt}, lists of LAVIS's in JSON, other tables whose columns are known by name,
   * and pictures with a text file beside each; the first of these that a folder or one of its
   * sub-folders has is taken. A file is known by its content, whatever its name.
   *
   * @param dataOrFile a folder, or the caption file itself
   * @param images the folder of the pictures, or null to look in and round the data set's folder;
   *     whether each picture is there is not checked
   * @param seed draws the split of a layout that has none
   * @throws DataException if there is no data set, more than one to choose from, nothing in it can
   *     be read, or a problem of it is {@link Problem.Kind#fatal}
   */
  public static CaptionDataset open(Path dataOrFile, Path images, long seed) {
    CaptionDataset dataset = inspect(dataOrFile, images, seed);
    List<Problem> fatal = dataset.problems().stream().filter(p -> p.kind().fatal()).toList();
    if (!fatal.isEmpty()) {
      throw new DataException(
          "%s%s"
              .formatted(
                  fatal.get(0),
                  fatal.size() == 1
                      ? ""
                      : " There are %d more such problems; caption4j data lists them."
                          .formatted(fatal.size() - 1)));
    }
    return dataset;
  }

  /**
   * The same, but a data set with problems that make training wrong is not refused.
   *
   * @throws DataException if there is no data set, more than one to choose from, or nothing in it
   *     can be read
   */
  public static CaptionDataset inspect(Path dataOrFile, Path images, long seed) {
    if (Files.isDirectory(dataOrFile)) {
      return openFolder(dataOrFile, images, seed);
    }
    if (!Files.exists(dataOrFile)) {
      throw new DataException("There is no file or folder " + dataOrFile + ".");
    }
    if (!Files.isRegularFile(dataOrFile)) { // a pipe can be read only once
      throw new DataException("Cannot read " + dataOrFile + ": it is not a regular file.");
    }
    for (CaptionLayout layout : LAYOUTS) {
      if (layout.reads(dataOrFile)) {
        Path folder = dataOrFile.toAbsolutePath().getParent();
        return read(layout, List.of(dataOrFile), folder, images, seed, List.of(), new Problems());
      }
    }
    throw new DataException(
        "%s is no known caption file; expected %s.".formatted(dataOrFile, lookedFor()));
  }

  private static CaptionDataset openFolder(Path folder, Path images, long seed) {
    FolderFiles listed = FolderFiles.of(folder, DEPTH);
    List<Path> files = listed.files();
    Problems problems = new Problems();
    for (FolderFiles.Unreadable each : listed.unreadable()) {
      if (each.path().equals(folder)) {
        throw new DataException("Cannot list %s: %s.".formatted(folder, each.reason()));
      }
    }
    for (CaptionLayout layout : LAYOUTS) {
      List<String> notes = new ArrayList<>();
      FolderFiles within = layout.list(folder, images, listed);
      List<Path> found = layout.find(within.files(), notes);
      if (!found.isEmpty()) {
        for (FolderFiles.Unreadable each : unreadable(within)) {
          problems.add(Problem.Kind.UNREADABLE, each.path(), "", each.reason() + ".");
        }
        List<String> others =
            LAYOUTS.stream()
                .filter(other -> other != layout && other.present(files))
                .map(CaptionLayout::name)
                .toList();
        if (!others.isEmpty()) {
          notes.add(
              "%s has captions in several layouts; reading %s (%s), not %s."
                  .formatted(folder, found.get(0), layout.name(), String.join(", ", others)));
        }
        return read(layout, found, folder, images, seed, notes, problems);
      }
    }
    if (files.isEmpty()) {
      throw new DataException(folder + " is empty; expected " + lookedFor() + ".");
    }
    throw new DataException(
        "%s has no known caption file; expected %s; found %s%s."
            .formatted(
                folder,
                lookedFor(),
                files.stream()
                    .limit(5)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.joining(", ")),
                files.size() > 5 ? " and " + (files.size() - 5) + " more" : ""));
  }

  private static CaptionDataset read(
      CaptionLayout layout,
      List<Path> files,
      Path folder,
      Path images,
      long seed,
      List<String> notes,
      Problems problems) {
    PictureFolders pictures =
        images == null ? PictureFolders.around(folder, files.get(0)) : PictureFolders.named(images);
    return layout.read(
        new CaptionLayout.Request(folder, files, pictures, seed, new ArrayList<>(notes), problems));
  }

  private static String lookedFor() {
    return LAYOUTS.stream().map(CaptionLayout::files).collect(Collectors.joining(", or "));
  }

  /**
   * What cannot be read in a data set's folder, where captions may lie; nothing of a file.
   *
   * @param dataOrFile as {@link #open} takes it
   */
  public static List<FolderFiles.Unreadable> unreadable(Path dataOrFile) {
    return Files.isDirectory(dataOrFile)
        ? unreadable(FolderFiles.of(dataOrFile, DEPTH))
        : List.of();
  }

  /** Without pictures: those that are missed are told of by their captions. */
  private static List<FolderFiles.Unreadable> unreadable(FolderFiles listed) {
    return listed.unreadable().stream().filter(e -> !ImageFiles.isPicture(e.path())).toList();
  }
}
