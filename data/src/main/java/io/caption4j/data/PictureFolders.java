package io.caption4j.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the pictures of a data set may lie, most likely place first. */
final class PictureFolders {
  /** Names under which the usual archives unpack. */
  private static final List<String> USUAL =
      List.of(
          "images",
          "Images",
          "Flicker8k_Dataset",
          "Flickr8k_Dataset",
          "Flicker8k_Dataset/Flicker8k_Dataset",
          "Flickr8k_Dataset/Flicker8k_Dataset",
          "flickr30k-images",
          "flickr30k_images",
          "flickr30k_images/flickr30k_images",
          "train2014",
          "val2014",
          "train2017",
          "val2017");

  private final List<Path> folders;
  private final Map<String, List<Path>> existing = new HashMap<>(); // by a name's folder

  private PictureFolders(Set<Path> bases) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path base : bases) {
      for (String name : USUAL) {
        Path folder = base.resolve(name);
        if (Files.isDirectory(folder)) {
          found.add(folder);
        }
      }
    }
    found.addAll(bases);
    folders = List.copyOf(found);
  }

  /** The folder that the user named, and the usual folders in it. */
  static PictureFolders named(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException("There is no folder of pictures " + folder + ".");
    }
    return new PictureFolders(Set.of(folder));
  }

  /** The folder of a data set and the one that its captions lie in, which may be the same. */
  static PictureFolders around(Path data, Path captions) {
    Set<Path> bases = new LinkedHashSet<>();
    bases.add(data);
    Path folder = captions.toAbsolutePath().getParent();
    if (!data.toAbsolutePath().equals(folder)) {
      bases.add(folder);
    }
    // A file that was named itself may lie in text/ or annotations/, the pictures beside that.
    if (folder.getParent() != null && !data.toAbsolutePath().equals(folder.getParent())) {
      bases.add(folder.getParent());
    }
    return new PictureFolders(bases);
  }

  /**
   * Where a picture lies, or should lie if it is nowhere.
   *
   * @param names its path below one of the folders; the first that exists in any folder is taken
   */
  Path find(List<String> names) {
    for (String name : names) {
      int slash = Math.max(0, name.lastIndexOf('/'));
      String file = slash == 0 ? name : name.substring(slash + 1);
      for (Path folder : existing.computeIfAbsent(name.substring(0, slash), this::existing)) {
        Path candidate = resolve(folder, file);
        if (Files.exists(candidate)) {
          return candidate;
        }
      }
    }
    return resolve(folders.get(0), names.get(0));
  }

  /** Asked once: 120,000 pictures would be looked for in many folders that are not there. */
  private List<Path> existing(String below) {
    return folders.stream()
        .map(folder -> resolve(folder, below))
        .filter(Files::isDirectory)
        .toList();
  }

  /** A path below a folder; a name that no file can have is an error that names it. */
  static Path resolve(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new DataException("'" + name + "' cannot be a picture's file name.", e);
    }
  }
}
