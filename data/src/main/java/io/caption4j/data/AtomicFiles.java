package io.caption4j.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are written whole or not at all: a crash leaves the old one or the new one. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the whole of a file. */
  @FunctionalInterface
  public interface Writer {
    /** Writes to the given place. */
    void write(Path file) throws IOException;
  }

  /**
   * Removes what runs that were killed have left beside a file that this would write. {@link
   * #write} does so too.
   */
  public static void sweep(Path file) {
    LeftParts.sweep(file.toAbsolutePath());
  }

  /**
   * Writes beside the target, then moves into its place; folders that are missing are made.
   *
   * @throws IOException if it cannot be written; the target is then as it was
   */
  public static void write(Path file, Writer writer) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    LeftParts.sweep(target);
    Path partial = LeftParts.part(target, ProcessHandle.current().pid());
    try {
      writer.write(partial);
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      try {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
