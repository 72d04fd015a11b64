package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caption4j.data.Pixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All six golden pictures against what the original PyTorch model gives; where they are. */
class SharedGoldenTest {
  private static final Path GOLDEN = shared("weights/golden");

  @Test
  void featuresAgreeWithTheOriginalModel() {
    assumeTrue(Files.isDirectory(GOLDEN), "no golden features here");
    NpyReader pixels = NpyReader.open(GOLDEN.resolve("pixels.npy"));
    List<Pixels> pictures = new ArrayList<>();
    for (int row = 0; row < pixels.header().rows(); row++) {
      pictures.add(Golden.picture(pixels, row));
    }
    try (ImageEncoder encoder = Encoders.byName("efficientnet-lite0")) {
      INDArray grid = encoder.encode(pictures);
      assertThat(grid.shape()).containsExactly(6, 1280, 7, 7);
      assertThat(Golden.largestError(grid, NpyReader.open(GOLDEN.resolve("features.npy"))))
          .isLessThan(1e-3f);
      INDArray pooled = ImageEncoder.pool(grid);
      assertThat(Golden.largestError(pooled, NpyReader.open(GOLDEN.resolve("pooled.npy"))))
          .isLessThan(1e-3f);
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
