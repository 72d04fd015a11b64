package io.caption4j.bench;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The frozen encoder: pictures of its own size in memory to grid features. */
final class EncoderTask {
  private static final int[] BATCHES = {1, 8, 32};

  private EncoderTask() {}

  static void run(Stopwatch watch) {
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      Output.text("engine", encoder.getClass().getSimpleName());
      for (int batch : BATCHES) {
        List<Pixels> pictures = pictures(batch, encoder.preprocessing().size());
        double seconds = watch.median(() -> encoder.encodeGrid(pictures));
        Output.result("batch " + batch, batch / seconds, "images/s");
      }
    }
  }

  /** Square pictures of random bytes, the same for the same number and size. */
  static List<Pixels> pictures(int count, int size) {
    Random random = new Random(1);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] rgb = new byte[size * size * 3];
              random.nextBytes(rgb);
              return new Pixels(size, size, rgb);
            })
        .toList();
  }
}
