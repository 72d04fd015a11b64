package io.caption4j.encoder;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's sample pictures. */
final class Samples {
  private Samples() {}

  /** Their files, in alphabetical order. */
  static List<Path> files() {
    try (Stream<Path> files = Files.list(Path.of("..", "samples"))) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first of them, again from the start if there are fewer. */
  static List<Pixels> pictures(int count) {
    List<Path> files = files();
    ImageLoader loader = new ImageLoader();
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> loader.load(files.get(i % files.size())))
        .toList();
  }
}
