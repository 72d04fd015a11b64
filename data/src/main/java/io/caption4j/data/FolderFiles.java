package io.caption4j.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What lies in a folder, links followed. What cannot be read costs itself alone. Hidden files and
 * folders, and those that systems keep for themselves (such as {@code __MACOSX} and
 * {@code @eaDir}), are passed over.
 *
 * @param files regular files, sorted
 * @param folders the folders in the folder, sorted
 * @param unreadable folders, links and files that cannot be looked at
 */
public record FolderFiles(List<Path> files, List<Path> folders, List<Unreadable> unreadable) {
  /** All folders in folders. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final Set<String> OF_SYSTEMS =
      Set.of(
          "__macosx",
          "@eadir",
          "#recycle",
          "$recycle.bin",
          "system volume information",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini");

  /**
   * Something that is there and cannot be read.
   *
   * @param path what
   * @param reason without a full stop
   */
  public record Unreadable(Path path, String reason) {
    /** A sentence. */
    @Override
    public String toString() {
      return "Cannot read %s: %s.".formatted(FileNames.of(path), reason);
    }
  }

  /** Copies the lists. */
  public FolderFiles {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Lists a folder.
   *
   * @param depth 1 for the folder alone, 2 for the folders in it too, {@link #ALL}
   */
  public static FolderFiles of(Path folder, int depth) {
    Visitor visitor = new Visitor(folder);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the visitor throws none
    }
    return new FolderFiles(
        visitor.files.stream().sorted().toList(),
        visitor.folders.stream().sorted().toList(),
        List.copyOf(visitor.unreadable.values()));
  }

  /** Whether a file or folder is none of the user's business: hidden, or a system's own. */
  static boolean passedOver(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(".") || OF_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path top;
    private final List<Path> files = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final Map<Path, Unreadable> unreadable = new LinkedHashMap<>();

    Visitor(Path top) {
      this.top = top;
    }

    private boolean skipped(Path path) {
      return !path.equals(top) && passedOver(path);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (skipped(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (!folder.equals(top)) {
        folders.add(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (skipped(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isDirectory()) { // at the greatest depth
        folders.add(file);
      } else if (attributes.isRegularFile()) {
        files.add(file);
      } else if (attributes.isSymbolicLink()) { // one that cannot be followed
        add(file, FileErrors.ofLink(file));
      } else if (ImageFiles.isPicture(file)) {
        add(file, "it is not a regular file");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      if (skipped(file)) {
        return FileVisitResult.CONTINUE;
      }
      Path parent = file.getParent();
      boolean closed = // a folder whose files can be listed but not be looked at
          e instanceof AccessDeniedException
              && parent != null
              && !file.equals(top)
              && !Files.isExecutable(parent);
      add(closed ? parent : file, FileErrors.reason(e));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      if (e != null) {
        add(folder, FileErrors.reason(e));
      }
      return FileVisitResult.CONTINUE;
    }

    private void add(Path path, String reason) {
      unreadable.putIfAbsent(path, new Unreadable(path, reason));
    }
  }
}
