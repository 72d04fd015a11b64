package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures come out as they do from Pillow; pictures/make.py made both. */
class PillowPicturesTest {
  private static final String EXPECTED = ".png";

  private final ImageLoader loader = new ImageLoader();

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> Files.exists(folder().resolve(name + EXPECTED)))
          .sorted()
          .toList();
    }
  }

  private static Path folder() {
    try {
      return Path.of(PillowPicturesTest.class.getResource("/pictures").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thereAreMany() throws IOException {
    assertThat(names()).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyPixelIsWithinTwo(String name) {
    Pixels expected = loader.load(folder().resolve(name + EXPECTED));
    Pixels found = loader.load(folder().resolve(name));
    assertThat(found.width()).isEqualTo(expected.width());
    assertThat(found.height()).isEqualTo(expected.height());
    int worst = 0;
    for (int i = 0; i < expected.rgb().length; i++) {
      int difference = (found.rgb()[i] & 0xFF) - (expected.rgb()[i] & 0xFF);
      worst = Math.max(worst, Math.abs(difference));
    }
    assertThat(worst).as("the largest difference in a channel").isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSizeIsThatOfTheLoadedPicture(String name) {
    Pixels found = loader.load(folder().resolve(name));
    assertThat(loader.size(folder().resolve(name)))
        .isEqualTo(new ImageSize(found.width(), found.height()));
  }
}
