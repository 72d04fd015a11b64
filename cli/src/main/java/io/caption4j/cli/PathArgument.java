package io.caption4j.cli;

import io.caption4j.data.FolderFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file or folder of the command line. An empty argument never means the current folder. */
public final class PathArgument implements ITypeConverter<Path> {
  /** What an empty argument is told. */
  static final String EMPTY =
      "an empty argument names no file or folder; the current folder is '.'";

  private static final String UNKNOWN = "\uFFFD"; // stands for bytes that are not UTF-8

  @Override
  public Path convert(String argument) {
    if (argument.isEmpty()) {
      throw new TypeConversionException(EMPTY);
    }
    try {
      Path path = Path.of(argument);
      return argument.contains(UNKNOWN) ? listed(path) : path;
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'%s' cannot be a file name here (%s)".formatted(argument, e.getReason()));
    }
  }

  /**
   * The file that a name with unknown bytes means: Java cannot open it by its text, but by what its
   * folder's list says.
   */
  private static Path listed(Path path) {
    List<Path> found = List.of(path.isAbsolute() ? path.getRoot() : Path.of(""));
    for (Path name : path) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        Path plain = folder.resolve(name);
        if (Files.exists(plain, LinkOption.NOFOLLOW_LINKS)) {
          next.add(plain);
        } else {
          FolderFiles all = FolderFiles.of(folder, 1);
          Stream.concat(all.files().stream(), all.folders().stream())
              .filter(each -> each.getFileName().toString().equals(name.toString()))
              .forEach(next::add);
        }
      }
      found = next;
    }
    if (found.size() > 1) {
      throw new TypeConversionException(
          "'%s' is not UTF-8 and may be any of %d files; rename it, or name its folder"
              .formatted(path, found.size()));
    }
    return found.isEmpty() ? path : found.get(0);
  }
}
