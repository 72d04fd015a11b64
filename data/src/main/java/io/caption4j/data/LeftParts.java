package io.caption4j.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The unfinished files {@code NAME.PID.part} that killed processes leave. */
final class LeftParts {
  private static final Pattern PART = Pattern.compile("(.+)\\.(\\d{1,18})\\.part");

  /** A process that began later than this after a file's last change did not write it. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** The names of parts that a folder had when it was first written to; mostly none. */
  private static final Map<Path, List<String>> FOUND = new ConcurrentHashMap<>();

  private LeftParts() {}

  /** Where a process writes the contents of a file first. */
  static Path part(Path target, long pid) {
    return target.resolveSibling(target.getFileName() + "." + pid + ".part");
  }

  /** Removes those of a file whose processes have ended; what cannot be removed stays. */
  static void sweep(Path target) {
    String name = target.getFileName().toString();
    for (String part : FOUND.computeIfAbsent(target.getParent(), LeftParts::list)) {
      Matcher matcher = PART.matcher(part);
      if (matcher.matches() && matcher.group(1).equals(name)) {
        Path file = target.resolveSibling(part);
        try {
          if (isLeft(file, Long.parseLong(matcher.group(2)))) {
            Files.deleteIfExists(file);
          }
        } catch (IOException e) {
          // another user's maybe; the new file can be written all the same
        }
      }
    }
  }

  private static List<String> list(Path folder) {
    List<String> parts = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
      files.forEach(file -> parts.add(file.getFileName().toString()));
    } catch (IOException e) {
      return List.of();
    }
    return List.copyOf(parts);
  }

  /** Whether the process has ended; one that began after the file's last change is another. */
  private static boolean isLeft(Path part, long pid) throws IOException {
    if (!Files.isRegularFile(part)) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return true;
    }
    Optional<Instant> start = process.get().info().startInstant();
    Instant changed = Files.getLastModifiedTime(part).toInstant();
    return start.isPresent() && changed.plus(SLACK).isBefore(start.get());
  }
}
