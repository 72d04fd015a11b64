package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caption4j.data.Pixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All six golden pictures against what the original PyTorch model gives; where they are. */
class SharedGoldenTest {
  private static final Path GOLDEN = shared("weights/golden");

  @ParameterizedTest
  @EnumSource(
      value = EncoderEngine.class,
      names = {"ONNX", "DL4J"})
  void featuresAgreeWithTheOriginalModel(EncoderEngine engine) {
    assumeTrue(Files.isDirectory(GOLDEN), "no golden features here");
    NpyReader pixels = NpyReader.open(GOLDEN.resolve("pixels.npy"));
    List<Pixels> pictures = new ArrayList<>();
    for (int row = 0; row < pixels.header().rows(); row++) {
      pictures.add(Golden.picture(pixels, row));
    }
    try (ImageEncoder encoder = Encoders.byName("efficientnet-lite0", engine)) {
      INDArray grid = encoder.encode(pictures);
      assertThat(grid.shape()).containsExactly(6, 1280, 7, 7);
      assertThat(Golden.largestError(grid, NpyReader.open(GOLDEN.resolve("features.npy"))))
          .isLessThan(1e-3f);
      NpyReader pooled = NpyReader.open(GOLDEN.resolve("pooled.npy"));
      float[] found = encoder.encodePooled(pictures); // (6, 1280)
      for (int row = 0; row < pictures.size(); row++) {
        assertThat(Arrays.copyOfRange(found, 1280 * row, 1280 * (row + 1)))
            .containsExactly(Golden.row(pooled, row), within(1e-3f));
      }
    }
  }

  // A folder shared/ beside the project or further up.
  private static Path shared(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path found = at.resolve("shared").resolve(name);
      if (Files.exists(found)) {
        return found;
      }
    }
    return Path.of("no-such-folder");
  }
}
