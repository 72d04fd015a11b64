package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.Pixels;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads golden pictures and compares features with golden ones. */
final class Golden {
  private Golden() {}

  static NpyReader resource(String name) {
    try {
      return NpyReader.open(Path.of(Golden.class.getResource(name).toURI()));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static float[] row(NpyReader file, int row) {
    float[] values = new float[file.header().rowLength()];
    file.read(row, values, 0);
    return values;
  }

  static Pixels picture(NpyReader pixels, int row) {
    float[] values = row(pixels, row);
    byte[] rgb = new byte[values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (int) values[i];
    }
    return new Pixels(224, 224, rgb);
  }

  static Pixels bear() {
    return picture(resource("bear-pixels.npy"), 0);
  }

  static float[] values(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /** The largest difference between all rows of a file and the first channels of the features. */
  static float largestError(INDArray found, NpyReader expected) {
    float largest = 0;
    for (int r = 0; r < expected.header().rows(); r++) {
      float[] values = values(found.slice(r));
      float[] row = row(expected, r);
      assertThat(values).hasSizeGreaterThanOrEqualTo(row.length);
      for (int i = 0; i < row.length; i++) {
        largest = Math.max(largest, Math.abs(row[i] - values[i]));
      }
    }
    return largest;
  }
}
