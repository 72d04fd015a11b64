package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBatchesTest {
  private static int[] lengths(int count) {
    return new Random(5).ints(count, 3, 30).toArray();
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 0", "1, 10, 1", "10, 10, 1", "11, 10, 2", "2503, 10, 251"})
  void everyCaptionIsInOneBatch(int captions, int batchSize, int batches) {
    List<int[]> epoch = new LengthBatches(lengths(captions), batchSize, 1).epoch(0);
    assertThat(epoch).hasSize(batches);
    assertThat(epoch).allMatch(batch -> batch.length >= 1 && batch.length <= batchSize);
    assertThat(epoch.stream().flatMapToInt(Arrays::stream).sorted())
        .containsExactlyElementsOf(IntStream.range(0, captions).boxed().toList());
  }

  @Test
  void batchesHoldAboutEqualLengths() {
    int[] lengths = lengths(5_000);
    long padded = 0;
    for (int[] batch : new LengthBatches(lengths, 100, 1).epoch(0)) {
      padded += 100L * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
    }
    // Unsorted batches of 100 all have a caption of 28 or 29 words: 1.75 times the words.
    assertThat((double) padded / Arrays.stream(lengths).sum()).isLessThan(1.05);
  }

  @Test
  void seedAndEpochDecideTheOrder() {
    int[] lengths = lengths(1_000);
    int[][] first = order(new LengthBatches(lengths, 10, 1), 3);
    assertThat(order(new LengthBatches(lengths, 10, 1), 3)).isDeepEqualTo(first);
    assertThat(Arrays.deepEquals(order(new LengthBatches(lengths, 10, 1), 4), first)).isFalse();
    assertThat(Arrays.deepEquals(order(new LengthBatches(lengths, 10, 2), 3), first)).isFalse();
  }

  @Test
  void lengthsDoNotRiseThroughTheEpoch() {
    int[] lengths = lengths(1_000);
    int[][] order = order(new LengthBatches(lengths, 10, 1), 0);
    int rises = 0;
    for (int i = 1; i < order.length; i++) {
      rises += lengths[order[i][0]] >= lengths[order[i - 1][0]] ? 1 : 0;
    }
    assertThat(rises).isBetween(20, 80);
  }

  @Test
  void aBatchSizeOfNoneIsRefused() {
    assertThatThrownBy(() -> new LengthBatches(new int[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int[][] order(LengthBatches batches, int epoch) {
    return batches.epoch(epoch).toArray(int[][]::new);
  }
}
