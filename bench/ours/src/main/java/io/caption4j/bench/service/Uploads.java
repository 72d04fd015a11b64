package io.caption4j.bench.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * JPEG files of a folder in turn, no two of them with the same bytes, so that no answer comes out
 * of a cache: bytes after a JPEG's end mean nothing, but make it a file of its own.
 */
final class Uploads {
  private final List<byte[]> files;
  private final AtomicLong turn = new AtomicLong(System.nanoTime()); // no process has another's

  /** Reads the folder. */
  Uploads(Path folder) {
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found
              .filter(file -> file.toString().endsWith(".jpg"))
              .sorted()
              .map(Uploads::read)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("No JPEG file in " + folder);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next picture. */
  byte[] next() {
    long number = turn.incrementAndGet();
    byte[] file = files.get((int) Math.floorMod(number, (long) files.size()));
    return Requests.joined(file, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }
}
