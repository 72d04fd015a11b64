package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Objects that the original detector finds in the samples (bench/parity/detector_golden.py). */
record GoldenObjects(List<Line> lines) {
  /** An object; the box is y1, x1, y2, x2 from 0 to 1. */
  record Line(String file, long pixels, int label, double score, double[] box) {}

  static GoldenObjects samples() {
    try (InputStream in = GoldenObjects.class.getResourceAsStream("samples.tsv")) {
      return new GoldenObjects(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split("\t"))
              .map(
                  cells ->
                      new Line(
                          cells[0],
                          Long.parseLong(cells[1]),
                          Integer.parseInt(cells[2]),
                          Double.parseDouble(cells[3]),
                          Arrays.stream(cells, 4, 8).mapToDouble(Double::parseDouble).toArray()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Pixels picture(String file) {
    return new ImageLoader().load(Path.of("..", "samples", file));
  }

  List<String> files() {
    return lines.stream().map(Line::file).distinct().toList();
  }

  /** Scores to 1e-4, boxes to 1e-3 of the picture's sides. */
  void check(
      String file, long pixels, Pixels picture, List<DetectedObject> found, ObjectClasses classes) {
    List<Line> expected = lines.stream().filter(line -> line.file().equals(file)).toList();
    assertThat(pixels).as("CRC-32 of the decoded picture").isEqualTo(expected.get(0).pixels());
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Line line = expected.get(i);
      DetectedObject object = found.get(i);
      ObjectBox box = object.box();
      assertThat(object.name()).isEqualTo(classes.name(line.label()).orElseThrow());
      assertThat(object.score()).isCloseTo(line.score(), within(1e-4));
      double[] corners = {
        box.y() / picture.height(),
        box.x() / picture.width(),
        (box.y() + box.height()) / picture.height(),
        (box.x() + box.width()) / picture.width()
      };
      assertThat(corners).containsExactly(line.box(), within(1e-3));
    }
  }
}
