package io.caption4j.train;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSampler;
import io.caption4j.evaluate.CiderD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Self-critical sequence training (Rennie et al. 2017): samples captions of each picture and makes
 * those likelier that score above the mean of the picture's other samples (Luo 2020), in
 * proportion. The reward is CIDEr-D against the picture's human captions, with the training
 * captions' document frequencies and END as a token, so that a caption broken off ("a dog in a")
 * scores less.
 */
final class SelfCritical implements Phase {
  private static final String END = "</s>";

  private final CaptionSet captions;
  private final Vocabulary vocabulary;
  private final PictureSource features;
  private final DecoderInputs inputs;
  private final Function<ComputationGraph, CaptionModel> model;
  private final Hyperparameters hyper;
  private final CiderD reward;
  private final int[] rowOf; // cache row of each picture

  /**
   * Makes one.
   *
   * @param model wraps the graph as it is, for sampling
   */
  SelfCritical(
      CaptionSet captions,
      Vocabulary vocabulary,
      PictureSource features,
      DecoderInputs inputs,
      Function<ComputationGraph, CaptionModel> model,
      Hyperparameters hyper) {
    this.captions = captions;
    this.vocabulary = vocabulary;
    this.features = features;
    this.inputs = inputs;
    this.model = model;
    this.hyper = hyper;
    reward =
        CiderD.of(
            captions.tokens().stream()
                .map(image -> image.stream().map(SelfCritical::ended).toList())
                .toList());
    rowOf = new int[captions.images().size()];
    for (int image = 0, caption = 0; image < rowOf.length; image++) {
      rowOf[image] = captions.rows()[caption];
      caption += captions.tokens().get(image).size();
    }
  }

  private static List<String> ended(List<String> caption) {
    List<String> ended = new ArrayList<>(caption);
    ended.add(END);
    return ended;
  }

  /** No more than there are pictures, so that each round has one. */
  @Override
  public int roundsPerEpoch() {
    return Math.min(hyper.validations(), rowOf.length);
  }

  @Override
  public List<int[]> round(int round) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rowOf.length).boxed().toList());
    int rounds = roundsPerEpoch();
    int epoch = (round - 1) / rounds;
    Collections.shuffle(order, new Random(hyper.seed() * 31 + epoch));
    int part = (round - 1) % rounds;
    int from = part * order.size() / rounds;
    int to = (part + 1) * order.size() / rounds;
    List<int[]> batches = new ArrayList<>();
    for (int at = from; at < to; at += hyper.batchSize()) {
      batches.add(
          order.subList(at, Math.min(to, at + hyper.batchSize())).stream()
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return batches;
  }

  @Override
  public long tokensPerEpoch() {
    return captions.targets() * hyper.samples() * rowOf.length / captions.size();
  }

  @Override
  public Minibatch minibatch(int[] batch, int iteration, ComputationGraph graph) {
    int samples = hyper.samples();
    float[] raw = features.raw(Arrays.stream(batch).map(p -> rowOf[p]).toArray(), graph);
    int[][] targets =
        new CaptionSampler(model.apply(graph))
            .sample(
                raw, batch.length, samples, hyper.maxWords(), hyper.seed() * 1_000_003 + iteration);
    double[] rewards =
        IntStream.range(0, batch.length)
            .parallel()
            .mapToObj(p -> reward.scores(batch[p], words(targets, p * samples, samples)))
            .flatMapToDouble(Arrays::stream)
            .toArray();
    int[] rows = new int[targets.length];
    float[] advantages = new float[targets.length];
    for (int i = 0; i < targets.length; i++) {
      int first = i / samples * samples;
      double sum = Arrays.stream(rewards, first, first + samples).sum();
      advantages[i] = (float) (rewards[i] - (sum - rewards[i]) / (samples - 1));
      rows[i] = rowOf[batch[i / samples]];
    }
    long tokens = Arrays.stream(targets).mapToLong(t -> t.length).sum();
    return new Minibatch(
        inputs.of(rows, targets, advantages, iteration),
        tokens,
        Arrays.stream(rewards).average().orElse(0));
  }

  private List<List<String>> words(int[][] targets, int first, int count) {
    return Arrays.stream(targets, first, first + count).map(this::words).toList();
  }

  private List<String> words(int[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> id == Vocabulary.END ? END : vocabulary.word(id))
        .toList();
  }
}
