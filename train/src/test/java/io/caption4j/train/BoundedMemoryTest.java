package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training's memory does not grow with the pictures' features. {@code
 * -Dcaption4j.memory.pictures=120000} takes as many as COCO has, and a heap of 2 GiB; docs/scale.md
 * has the command and what it gave.
 */
class BoundedMemoryTest {
  private static final int FEW = 1500;
  private static final int HEAP_FOR_FEW = 96; // MiB
  private static final int HEAP_FOR_MANY = 2048;
  private static final long FLOATS = 1280 * 49L; // a picture's features

  @TempDir private Path folder;

  @Test
  @Tag("long")
  void featuresLargerThanTheHeapMakeAnEpochOfMinibatches()
      throws IOException, InterruptedException {
    int pictures = Integer.getInteger("caption4j.memory.pictures", FEW);
    int heap = pictures == FEW ? HEAP_FOR_FEW : HEAP_FOR_MANY;
    assertThat(pictures * FLOATS * Short.BYTES).isGreaterThan((long) heap << 20);
    SparseDataset.write(folder.resolve("data"), folder.resolve("cache"), pictures);
    String printed =
        ChildJvm.run(
            folder,
            List.of(
                "-Xmx%dm".formatted(heap),
                "-XX:+UseSerialGC", // as the launcher has it
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"),
            MinibatchesOfAnEpoch.class,
            folder.resolve("data"),
            folder.resolve("cache"),
            folder.resolve("run"));
    System.out.print(pictures == FEW ? "" : printed);
    int captions = SparseDataset.training(pictures) * SparseDataset.CAPTIONS;
    assertThat(printed).contains("%d captions in ".formatted(captions));
  }
}
