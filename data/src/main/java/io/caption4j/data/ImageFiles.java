package io.caption4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the pictures that files and folders stand for. */
public final class ImageFiles {
  /** The usual names' ends, for messages. */
  public static final String EXPECTED =
      "expected files named .jpg, .png, .gif, .webp, .bmp or .tif";

  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "tif", "tiff");

  private ImageFiles() {}

  /**
   * The pictures of files and folders, in the order of the arguments. A file is taken as it is,
   * whatever its name; of a folder the files that are named like pictures, sorted by path. What
   * cannot be read is a problem and costs the rest nothing; see {@link FolderFiles}.
   *
   * @param recursive whether folders in folders are searched too
   */
  public static FoundImages find(List<Path> paths, boolean recursive) {
    List<Path> pictures = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    PassedOver passedOver = PassedOver.NONE;
    for (Path path : paths) {
      FoundImages found = find(path, recursive);
      pictures.addAll(found.pictures());
      problems.addAll(found.problems());
      passedOver = passedOver.plus(found.passedOver());
    }
    return new FoundImages(pictures, problems, passedOver);
  }

  private static FoundImages find(Path path, boolean recursive) {
    if (Files.isDirectory(path)) {
      return inFolder(path, recursive);
    }
    if (Files.exists(path)) {
      return new FoundImages(List.of(path), List.of(), PassedOver.NONE);
    }
    String reason = FileErrors.ofLink(path);
    boolean missing =
        reason.equals(FileErrors.MISSING) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    String name = FileNames.of(path);
    return FoundImages.problem(
        missing
            ? "There is no file or folder %s.".formatted(name)
            : "Cannot read %s: %s.".formatted(name, reason));
  }

  private static FoundImages inFolder(Path folder, boolean recursive) {
    FolderFiles all = FolderFiles.of(folder, recursive ? FolderFiles.ALL : 1);
    List<Path> pictures = all.files().stream().filter(ImageFiles::isPicture).toList();
    List<Path> others = all.files().stream().filter(file -> !isPicture(file)).toList();
    List<String> problems = new ArrayList<>();
    all.unreadable().forEach(each -> problems.add(each.toString()));
    if (pictures.isEmpty() && problems.isEmpty()) {
      problems.add(
          recursive
              ? "%s has no pictures; %s.".formatted(FileNames.of(folder), EXPECTED)
              : "%s has no pictures of its own; %s (--recursive searches the folders in it too)."
                  .formatted(FileNames.of(folder), EXPECTED));
    }
    return new FoundImages(pictures, problems, PassedOver.of(others));
  }

  /**
   * The size of a picture's file in bytes.
   *
   * @param name for messages only
   * @throws ImageException if there is none, or no regular file; a pipe would never end
   */
  public static long bytes(Path file, String name) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new ImageException(
            ImageException.Reason.MISSING,
            "%s is %s; expected a picture."
                .formatted(name, attributes.isDirectory() ? "a folder" : "not a regular file"));
      }
      return attributes.size();
    } catch (IOException e) {
      throw unreadable(file, name, e);
    }
  }

  /** What to throw where a picture's file cannot be read; its message tells why. */
  public static ImageException unreadable(Path file, String name, IOException e) {
    boolean missing = e instanceof NoSuchFileException;
    String message =
        missing && !Files.isSymbolicLink(file)
            ? "There is no picture %s.".formatted(name)
            : "Cannot read %s: %s."
                .formatted(name, missing ? "the link leads nowhere" : FileErrors.reason(e));
    return new ImageException(ImageException.Reason.MISSING, message, e);
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
}
