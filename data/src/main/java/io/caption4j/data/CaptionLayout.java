package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One way that caption data sets lie on disk. Implementations hold no state. */
interface CaptionLayout {
  /** The name that {@link CaptionDataset#layout()} gives. */
  String name();

  /** What is looked for, for the message that nothing was found. */
  String files();

  /** Whether a file's name is one of this layout's. */
  boolean named(String fileName);

  /**
   * What of a data set's folder this looks at.
   *
   * @param images the folder of the pictures if the user named one, else null
   * @param listed the folder and its sub-folders
   */
  default FolderFiles list(Path folder, Path images, FolderFiles listed) {
    return listed;
  }

  /** Whether any of a folder's files is named like this layout's. */
  default boolean present(List<Path> files) {
    return files.stream().anyMatch(file -> named(file.getFileName().toString()));
  }

  /**
   * The caption files of this layout among a folder's files; by default its only file.
   *
   * @param files files of the folder and its sub-folders, sorted
   * @param notes gets a line if there was a choice
   * @return what {@link #read} needs; empty if the layout is not there
   * @throws DataException if there are several and none is the obvious one
   */
  default List<Path> find(List<Path> files, List<String> notes) {
    List<Path> found = files.stream().filter(file -> named(file.getFileName().toString())).toList();
    if (found.size() > 1) {
      throw new DataException(
          "There are several caption files in the %s layout (%s); name the one to use."
              .formatted(name(), String.join(", ", found.stream().map(Path::toString).toList())));
    }
    return found;
  }

  /** Whether a file that the user named is of this layout, by name or by its first bytes. */
  boolean reads(Path file);

  /**
   * Reads the data set. What can be left out is added to the request's problems.
   *
   * @throws DataException if the file cannot be read to its end or nothing of it is left
   */
  CaptionDataset read(Request request);

  /**
   * What to read.
   *
   * @param data the folder that was named, or that of the file that was named
   * @param files the caption files, at least one
   * @param pictures where the pictures lie
   * @param seed for layouts without a split of their own
   * @param notes gets what a user should be told once
   * @param problems gets what is wrong in the files
   */
  record Request(
      Path data,
      List<Path> files,
      PictureFolders pictures,
      long seed,
      List<String> notes,
      Problems problems) {
    public Request {
      files = List.copyOf(files);
    }

    /** The data set that was read. */
    CaptionDataset dataset(CaptionLayout layout, List<CaptionedImage> images) {
      notes.addAll(pictures.notes());
      return new CaptionDataset(layout.name(), files.get(0), images, notes, problems.list());
    }

    /** The pictures of captions by file name, in a split that is drawn here, which is noted. */
    List<CaptionedImage> drawn(Map<String, List<String>> captions) {
      DrawnSplit splits = new DrawnSplit(captions.keySet(), seed);
      notes.add(splits.note(files.get(0)));
      List<CaptionedImage> images = new ArrayList<>();
      captions.forEach(
          (name, texts) -> {
            Path path = pictures.find(List.of(name));
            images.add(new CaptionedImage(name, name, path, splits.of(name), texts));
          });
      return images;
    }
  }
}
