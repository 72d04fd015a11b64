package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesCommandTest {
  private static final int CHANNELS = 1280;
  private static final int POSITIONS = 49;

  @TempDir Path folder;

  @BeforeEach
  void pictures() throws IOException {
    for (String name : List.of("kite.jpg", "bear.jpg")) {
      Files.copy(Path.of("..", "samples", name), folder.resolve(name));
    }
  }

  /** The floats of a .npy file whose header names the shape. */
  private static FloatBuffer floats(Path file, String shape) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = bytes.getShort(8);
    String header = new String(bytes.array(), 10, headerLength, StandardCharsets.US_ASCII);
    assertThat(header).contains("'descr': '<f4'").contains("'shape': " + shape);
    return bytes.position(10 + headerLength).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @Test
  void pooledIsTheMeanOfTheGridAndNamesStandInOrder() throws IOException {
    Path grid = folder.resolve("grid.npy");
    Path pooled = folder.resolve("pooled.npy");

    assertThat(Run.of("features", "--images", folder, "--out", grid).code()).isZero();
    assertThat(Run.of("features", "--images", folder, "--out", pooled, "--pooled").code()).isZero();

    assertThat(folder.resolve("grid.txt")).hasContent("bear.jpg\nkite.jpg");
    FloatBuffer positions = floats(grid, "(2, 1280, 7, 7)");
    FloatBuffer means = floats(pooled, "(2, 1280)");
    assertThat(positions.remaining()).isEqualTo(2 * CHANNELS * POSITIONS);
    assertThat(means.remaining()).isEqualTo(2 * CHANNELS);
    float largest = 0;
    for (int i = 0; i < 2 * CHANNELS; i++) {
      double sum = 0;
      for (int p = 0; p < POSITIONS; p++) {
        sum += positions.get(i * POSITIONS + p);
      }
      assertThat(means.get(i)).isCloseTo((float) (sum / POSITIONS), within(1e-4f));
      largest = Math.max(largest, means.get(i));
    }
    assertThat(largest).isGreaterThan(0.5f);
  }

  @Test
  void aPictureThatIsNamedItselfHasItsName() {
    Path out = folder.resolve("one.npy");
    Path picture = folder.resolve("kite.jpg");
    assertThat(Run.of("features", "--images", picture, "--out", out, "--pooled").code()).isZero();
    assertThat(folder.resolve("one.txt")).hasContent("kite.jpg");
  }

  @Test
  void whatWasThereStaysWhenNoPictureCanBeRead() throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("bad.jpg"), "no picture");
    Path out = Files.writeString(folder.resolve("out.npy"), "earlier");
    Run run = Run.of("features", "--images", broken, "--out", out);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("None of the pictures in");
    assertThat(out).hasContent("earlier");
    assertThat(folder).isDirectoryNotContaining(f -> f.toString().endsWith(".part"));
  }

  @Test
  void aBadPictureIsLeftOutAndTold() throws IOException {
    Files.writeString(folder.resolve("bad.jpg"), "no picture");
    Path pooled = folder.resolve("pooled.npy");

    Run run = Run.of("features", "--images", folder, "--out", pooled, "--pooled");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("bad.jpg");
    assertThat(folder.resolve("pooled.txt")).hasContent("bear.jpg\nkite.jpg");
    floats(pooled, "(2, 1280)");
  }
}
