package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tenth of COCO is read in moments; a reader whose time grows with the square of the size would
 * not be. bench/run --rows dataset measures the whole of it in limited memory.
 */
class LargeDatasetTest {
  private static final int PICTURES = 12_000;
  private static final int CAPTIONS = 5;
  private static final Duration PLENTY = Duration.ofSeconds(40); // it takes 1 s of a processor

  @TempDir Path folder;

  @Test
  void coco() throws IOException {
    try (BufferedWriter json = Files.newBufferedWriter(folder.resolve("captions_train2017.json"))) {
      json.write("{\"images\": [");
      for (int id = 0; id < PICTURES; id++) {
        json.write(id == 0 ? "" : ", ");
        json.write("{\"license\": 4, \"file_name\": \"%012d.jpg\", \"id\": %d}".formatted(id, id));
      }
      json.write("], \"annotations\": [");
      for (int i = 0; i < PICTURES * CAPTIONS; i++) {
        json.write(i == 0 ? "" : ", ");
        json.write("{\"image_id\": %d, \"id\": %d, ".formatted(i % PICTURES, i));
        json.write("\"caption\": \"A dog runs after %d cats in the snow.\"}".formatted(i));
      }
      json.write("]}");
    }
    check("coco");
  }

  @Test
  void karpathy() throws IOException {
    try (BufferedWriter json = Files.newBufferedWriter(folder.resolve("dataset_coco.json"))) {
      json.write("{\"images\": [");
      for (int id = 0; id < PICTURES; id++) {
        json.write(id == 0 ? "" : ", ");
        json.write("{\"filename\": \"%d.jpg\", \"split\": \"train\", ".formatted(id));
        json.write("\"cocoid\": %d, \"sentences\": [".formatted(id));
        for (int c = 0; c < CAPTIONS; c++) {
          json.write(c == 0 ? "" : ", ");
          json.write("{\"tokens\": [\"a\", \"dog\"], \"raw\": \"A dog.\"}");
        }
        json.write("]}");
      }
      json.write("]}");
    }
    check("karpathy");
  }

  @Test
  void imagefolder() throws IOException {
    try (BufferedWriter json = Files.newBufferedWriter(folder.resolve("metadata.jsonl"))) {
      for (int i = 0; i < PICTURES * CAPTIONS; i++) {
        json.write("{\"file_name\": \"%d.jpg\", \"text\": \"A dog.\"}%n".formatted(i % PICTURES));
      }
    }
    check("imagefolder");
  }

  private void check(String layout) {
    // What this thread takes of a processor, however many others want it.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin)).isLessThan(PLENTY);
    assertThat(data.layout()).isEqualTo(layout);
    assertThat(data.images()).hasSize(PICTURES);
    assertThat(data.images()).allMatch(image -> image.captions().size() == CAPTIONS);
    assertThat(data.problems()).isEmpty();
  }
}
