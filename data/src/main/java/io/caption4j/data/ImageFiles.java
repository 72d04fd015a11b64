package io.caption4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Lists the pictures that files and folders name. */
public final class ImageFiles {
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp");

  private ImageFiles() {}

  /**
   * The pictures of files and folders. A file is taken as it is, whatever its name; of a folder and
   * its sub-folders the files are taken that are named like pictures, sorted by path.
   *
   * @return in the order of the arguments, at least one
   * @throws DataException if a path does not exist or a folder has no pictures
   */
  public static List<Path> in(List<Path> paths) {
    List<Path> pictures = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        pictures.addAll(inFolder(path));
      } else if (Files.exists(path)) {
        pictures.add(path);
      } else {
        throw new DataException("There is no file or folder " + path + ".");
      }
    }
    return List.copyOf(pictures);
  }

  /** Whether a file's name ends like a picture's; hidden files are none. */
  public static boolean isPicture(Path file) {
    return isPicture(file.getFileName().toString());
  }

  /** Whether a file's name, without its folder, ends like a picture's; hidden files are none. */
  public static boolean isPicture(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && EXTENSIONS.contains(extension);
  }

  private static List<Path> inFolder(Path folder) {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      found = walk.filter(Files::isRegularFile).filter(ImageFiles::isPicture).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("Cannot list " + folder + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new DataException(
          folder + " has no pictures; expected files named .jpg, .png, .gif, .webp or .bmp.");
    }
    return found;
  }
}
