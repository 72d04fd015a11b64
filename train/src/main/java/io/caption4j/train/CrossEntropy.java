package io.caption4j.train;

import io.caption4j.data.LengthBatches;
import io.caption4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains on human captions, all of them once an epoch. */
final class CrossEntropy implements Phase {
  private final CaptionSet captions;
  private final DecoderInputs inputs;
  private final IntFunction<List<int[]>> order;

  private CrossEntropy(CaptionSet captions, DecoderInputs inputs, IntFunction<List<int[]>> order) {
    this.captions = captions;
    this.inputs = inputs;
    this.order = order;
  }

  /** Captions of like length together, whatever their pictures. */
  static CrossEntropy byLength(
      CaptionSet captions, DecoderInputs inputs, int batchSize, long seed) {
    LengthBatches order = new LengthBatches(captions.lengths(), batchSize, seed);
    return new CrossEntropy(captions, inputs, order::epoch);
  }

  /**
   * All captions of a picture together, so that it is encoded once for them; pictures whose longest
   * captions are of like length meet.
   */
  static CrossEntropy byPicture(
      CaptionSet captions, DecoderInputs inputs, int batchSize, long seed) {
    Map<Integer, List<Integer>> byRow = new LinkedHashMap<>();
    for (int i = 0; i < captions.size(); i++) {
      byRow.computeIfAbsent(captions.rows()[i], row -> new ArrayList<>()).add(i);
    }
    List<int[]> groups =
        byRow.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toList();
    int[] lengths = captions.lengths();
    int[] longest =
        groups.stream()
            .mapToInt(g -> Arrays.stream(g).map(i -> lengths[i]).max().orElse(0))
            .toArray();
    int pictures = Math.max(1, (int) ((long) batchSize * groups.size() / captions.size()));
    LengthBatches order = new LengthBatches(longest, pictures, seed);
    return new CrossEntropy(
        captions,
        inputs,
        epoch ->
            order.epoch(epoch).stream()
                .map(b -> Arrays.stream(b).flatMap(g -> Arrays.stream(groups.get(g))).toArray())
                .toList());
  }

  @Override
  public int roundsPerEpoch() {
    return 1;
  }

  @Override
  public List<int[]> round(int round) {
    return order.apply(round);
  }

  @Override
  public long tokensPerEpoch() {
    return captions.targets();
  }

  @Override
  public Minibatch minibatch(int[] batch, int iteration, ComputationGraph graph) {
    int[] rows = Arrays.stream(batch).map(i -> captions.rows()[i]).toArray();
    int[][] targets = new int[batch.length][];
    long tokens = 0;
    for (int i = 0; i < batch.length; i++) {
      int[] words = captions.words()[batch[i]];
      targets[i] = Arrays.copyOf(words, words.length + 1);
      targets[i][words.length] = Vocabulary.END;
      tokens += targets[i].length;
    }
    return new Minibatch(inputs.of(rows, targets, null, iteration), tokens, Double.NaN);
  }
}
