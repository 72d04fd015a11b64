package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.ImageLoader;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J and ONNX Runtime run on, whether caption4j was built with -Pcuda or not. */
class CudaTest {
  private static final boolean BUILT =
      Loader.class.getResource("/org/bytedeco/cuda/global/cudart.class") != null;

  /** Computes with both. */
  static final class Both {
    public static void main(String[] arguments) {
      try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
        float[] pooled =
            encoder.encodePooled(List.of(new ImageLoader().load(Samples.files().get(0))));
        System.out.println("features " + pooled.length);
      }
      INDArray product = Nd4j.ones(2, 3).mmul(Nd4j.ones(3, 2));
      System.out.println("product " + product.getInt(0, 0));
      System.out.println("on the CPU: " + Dl4jRuntime.onCpu());
      System.out.println("GPU: " + Cuda.usable());
    }
  }

  @Test
  void withoutAGpuALineSaysSoAndTheCpuTakesOver(@TempDir Path folder) throws Exception {
    String printed = ChildJvm.run(folder, List.of(), Both.class);
    assertThat(printed).contains("features 1280").contains("product 3").doesNotContain("\tat ");
    boolean gpu = printed.contains("GPU: true");
    assertThat(printed).contains("on the CPU: " + !gpu);
    assertThat(printed.lines().filter(line -> line.contains("No NVIDIA GPU can be used")))
        .hasSize(BUILT && !gpu ? 1 : 0);
    assertThat(gpu).as("a GPU without -Pcuda").isIn(false, BUILT);
  }
}
