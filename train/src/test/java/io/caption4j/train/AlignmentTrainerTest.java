package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.align.Aligner;
import io.caption4j.align.Alignment;
import io.caption4j.align.AlignmentGraph;
import io.caption4j.align.AlignmentModel;
import io.caption4j.align.Box;
import io.caption4j.align.MaxMarginRanking;
import io.caption4j.align.RegionVectors;
import io.caption4j.align.SentencePairs;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.evaluate.Retrieval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.FixedSchedule;

class AlignmentTrainerTest {
  @TempDir static Path cache;
  @TempDir Path folder;
  private Path from; // or null
  private EncoderSpec encoder; // or null

  /** Words that know nothing would be right every second time. */
  @Test
  void wordsBeginToFindTheirRegions() throws IOException {
    wordsFindTheirRegions(120, hyper("relu", 15, 20, 4e-3), .75);
  }

  @Test
  @Tag("long")
  void wordsFindTheirRegionsThoughCaptionsDoNotSayWhere() throws IOException {
    wordsFindTheirRegions(300, hyper("relu", 25, 30), .95);
  }

  private void wordsFindTheirRegions(int training, AlignmentHyperparameters hyper, double least)
      throws IOException {
    List<ShapePairs.Example> examples =
        ShapePairs.write(folder.resolve("data"), training, training / 6);
    AlignmentTrainer.Result result =
        new AlignmentTrainer(run("run", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {})
            .run();
    int right = 0;
    int all = 0;
    try (Aligner aligner = Aligner.load(result.model(), EncoderEngine.AUTO)) {
      for (ShapePairs.Example example : examples) {
        RegionVectors regions = aligner.regions(new ImageLoader().load(example.file()));
        List<String> tokens = aligner.tokenize(example.caption());
        Alignment aligned = Alignment.of(regions, tokens, aligner.words(tokens), 0);
        for (ShapePairs.Truth truth : example.truths()) {
          Box box = aligned.boxes().get(aligned.words().get(truth.index()).region());
          right += shown(box, truth) > shown(box, other(example, truth)) ? 1 : 0;
          all++;
        }
        Alignment whole = Alignment.of(regions, tokens, aligner.words(tokens), 1e6);
        assertThat(whole.words().stream().map(Alignment.Word::region).distinct()).hasSize(1);
      }
    }
    assertThat(right / (double) all).as("%d of %d", right, all).isGreaterThanOrEqualTo(least);
    // The file's model ranks as the trainer found.
    AlignmentModel model = AlignmentModel.load(result.model());
    assertThat(evaluate(model, "data", false)).isEqualTo(result.best().retrieval());
    // To a picture and its mirror image together it is all one which of them is the picture.
    ShapePairs.mirror(folder.resolve("data"), folder.resolve("mirrored"));
    assertThat(evaluate(model, "mirrored", false)).isNotEqualTo(evaluate(model, "data", false));
    assertThat(evaluate(model, "mirrored", true)).isEqualTo(evaluate(model, "data", true));
  }

  private Retrieval evaluate(AlignmentModel model, String data, boolean mirrored) {
    return AlignmentEvaluator.evaluate(
        model,
        CaptionDatasets.open(folder.resolve(data), null, 1).require(Split.VAL),
        20,
        mirrored,
        cache,
        EncoderEngine.AUTO,
        Progress.NONE);
  }

  private static ShapePairs.Truth other(ShapePairs.Example example, ShapePairs.Truth truth) {
    return example.truths().get(truth.index() < 2 ? 2 : 0);
  }

  /** Pixels of a corner inside a box. */
  private static long shown(Box box, ShapePairs.Truth corner) {
    int half = ShapePairs.SIDE / 2;
    return overlap(box.x(), box.width(), corner.right() ? half : 0, half)
        * overlap(box.y(), box.height(), corner.lower() ? half : 0, half);
  }

  private static long overlap(int a, int lengthA, int b, int lengthB) {
    return Math.max(0, Math.min(a + lengthA, b + lengthB) - Math.max(a, b));
  }

  @Test
  void stoppedAnywhereAndResumedEndsWithTheSameParameters() throws IOException {
    ShapePairs.write(folder.resolve("data"), 12, 4);
    AlignmentHyperparameters hyper = hyper("lstm", 3, 4);
    AlignmentTrainer.Result whole =
        new AlignmentTrainer(run("whole", hyper, TrainSettings.Start.NEW), Progress.NONE, e -> {})
            .run();
    INDArray expected = parameters("whole");
    INDArray best = AlignmentModel.load(whole.model()).graph(1).params();
    for (int stop : new int[] {1, 3, 5, 8}) { // of nine; the last three with hardest negatives
      String name = "stopped" + stop;
      int[] seen = {0};
      Progress interrupt =
          (task, done, total, detail) -> {
            if (task.startsWith("epoch") && ++seen[0] == stop) {
              throw new IllegalStateException("killed");
            }
          };
      assertThatThrownBy(
              () ->
                  new AlignmentTrainer(
                          run(name, hyper, TrainSettings.Start.NEW), interrupt, e -> {})
                      .run())
          .hasMessage("killed");
      AlignmentTrainer.Result resumed =
          new AlignmentTrainer(run(name, hyper, TrainSettings.Start.RESUME), Progress.NONE, e -> {})
              .run();
      assertThat(parameters(name)).as(name).isEqualTo(expected);
      assertThat(resumed.best().epoch()).as(name).isEqualTo(whole.best().epoch());
      assertThat(AlignmentModel.load(resumed.model()).graph(1).params()).as(name).isEqualTo(best);
    }
    assertThatThrownBy(
            () ->
                new AlignmentTrainer(
                        run("whole", hyper("relu", 3, 4), TrainSettings.Start.RESUME),
                        Progress.NONE,
                        e -> {})
                    .run())
        .isInstanceOf(TrainException.class)
        .hasMessageContaining("give the same settings");
  }

  @Test
  void patienceDoesNotEndARunBeforeTheHardestNegatives() throws IOException {
    ShapePairs.write(folder.resolve("data"), 4, 2);
    AlignmentHyperparameters level = // at its rate nothing gets better
        new AlignmentHyperparameters(
            "relu", 5, 4, 1e-9, 10, .1, 32, 32, 64, true, 1, 1, 1, 20, 1, "none", 3);
    AlignmentTrainer.Result result =
        new AlignmentTrainer(run("run", level, TrainSettings.Start.NEW), Progress.NONE, e -> {})
            .run();
    assertThat(result.last().epoch()).isEqualTo(5);
  }

  @Test
  void aRunGoesOnFromAModel() throws IOException {
    ShapePairs.write(folder.resolve("data"), 12, 6);
    AlignmentTrainer.Result first =
        new AlignmentTrainer(
                run("first", hyper("relu", 3, 4), TrainSettings.Start.NEW), Progress.NONE, e -> {})
            .run();
    from = first.model();
    AlignmentTrainer.Result next =
        new AlignmentTrainer(
                run("next", hyper("relu", 1, 4, 1e-9), TrainSettings.Start.NEW),
                Progress.NONE,
                e -> {})
            .run();
    // At such a rate it stays where it was.
    assertThat(next.best().retrieval()).isEqualTo(first.best().retrieval());
    ShapePairs.write(folder.resolve("data"), 3, 6); // other pictures do not change how it sees them
    Path other =
        new AlignmentTrainer(
                run("fewer", hyper("relu", 1, 2, 1e-9), TrainSettings.Start.NEW),
                Progress.NONE,
                e -> {})
            .run()
            .model();
    assertThat(AlignmentModel.load(other).standardisation().mean())
        .isEqualTo(AlignmentModel.load(from).standardisation().mean());
    assertThatThrownBy(
            () ->
                new AlignmentTrainer(
                        run("other", hyper("lstm", 1, 4), TrainSettings.Start.NEW),
                        Progress.NONE,
                        e -> {})
                    .run())
        .isInstanceOf(Caption4jException.class);
  }

  @Test
  void anyOtherEncoderOfAGridIsCarriedAlong() throws IOException {
    ShapePairs.Example example = ShapePairs.write(folder.resolve("data"), 12, 6).get(0);
    encoder = EncoderSpec.bundled().withLayer("block4a_project_conv"); // (80, 14, 14)
    AlignmentRun run = run("other", hyper("relu", 1, 4), TrainSettings.Start.NEW);
    Path file = new AlignmentTrainer(run, Progress.NONE, e -> {}).run().model();
    AlignmentModel model = AlignmentModel.load(file);
    assertThat(model.packedEncoder().travels()).isTrue();
    assertThat(model.card().settings().featureSize()).isEqualTo(80);
    try (ImageEncoder opened = model.encoder(EncoderEngine.AUTO);
        Aligner aligner = Aligner.load(file, EncoderEngine.AUTO)) {
      assertThat(opened.hash()).isEqualTo(model.card().encoder().hash());
      assertThat(opened.gridSize()).isEqualTo(14);
      assertThat(aligner.regions(new ImageLoader().load(example.file())).boxes()).hasSize(20);
    }
  }

  @Test
  void anUntrainedModelRanksByChance() {
    int pictures = 200;
    int regions = 3;
    int channels = 20;
    Random random = new Random(6);
    float[] features = new float[pictures * regions * channels];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    int[][] sentences =
        IntStream.range(0, pictures)
            .mapToObj(i -> random.ints(6, 4, 50).toArray())
            .toArray(int[][]::new);
    ComputationGraph graph =
        AlignmentGraph.build(
            hyper("relu", 3, 4).settings(channels, 50),
            regions,
            new AlignmentGraph.Learning(
                new FixedSchedule(1e-3), 1, new MaxMarginRanking(1, false), 2));
    INDArray scores =
        graph.output(SentencePairs.features(features, pictures * regions, sentences))[0];
    Retrieval found = Retrieval.of(scores.toFloatMatrix(), IntStream.range(0, pictures).toArray());
    // Chance is 5 % among the first ten of 200, and a median of 100; three deviations are allowed.
    assertThat(found.search().recall10()).isCloseTo(.05, within(.047));
    assertThat(found.annotation().recall10()).isCloseTo(.05, within(.047));
    assertThat(found.search().medianRank()).isCloseTo(100, within(25.0));
  }

  private INDArray parameters(String run) {
    return CheckpointFile.load(
        folder.resolve(run).resolve("checkpoint.zip"),
        AlignmentTrainer.State.class,
        (state, graph) -> graph.params());
  }

  private static AlignmentHyperparameters hyper(String rnn, int epochs, int batch) {
    return hyper(rnn, epochs, batch, 2e-3);
  }

  private static AlignmentHyperparameters hyper(String rnn, int epochs, int batch, double rate) {
    return new AlignmentHyperparameters(
        rnn,
        epochs,
        batch,
        rate,
        10,
        .1,
        32,
        32,
        64,
        true,
        1,
        epochs == 3 ? 1 : 0,
        1,
        20,
        0,
        "none",
        3);
  }

  private AlignmentRun run(String name, AlignmentHyperparameters hyper, TrainSettings.Start start) {
    return new AlignmentRun(
        folder.resolve("data"),
        null,
        from,
        null,
        encoder,
        folder.resolve(name),
        cache,
        EncoderEngine.AUTO,
        start,
        3600,
        "shapes",
        "public domain",
        hyper);
  }
}
