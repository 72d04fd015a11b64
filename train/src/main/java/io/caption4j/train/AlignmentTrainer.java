package io.caption4j.train;

import io.caption4j.align.AlignmentCard;
import io.caption4j.align.AlignmentGraph;
import io.caption4j.align.AlignmentModel;
import io.caption4j.align.MaxMarginRanking;
import io.caption4j.data.BuildVersion;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Progress;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.ModelCard;
import io.caption4j.evaluate.Retrieval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Trains an alignment model by ranking (Karpathy and Fei-Fei 2015, section 3.1), ranks the
 * validation split after each epoch, keeps the best model by the sum of recalls, of equals that
 * with the lower training loss, and a checkpoint to go on from. Stopped at any moment and resumed,
 * it ends with the parameters of a run that was not stopped.
 */
public final class AlignmentTrainer {
  private final AlignmentRun run;
  private final AlignmentHyperparameters hyper;
  private final Progress progress;
  private final Consumer<AlignmentEpoch> epochs;
  private final EarlyStopping<AlignmentEpoch> stopping;

  /**
   * What a run came to.
   *
   * @param model the best epoch's model file
   * @param best the epoch that did best
   * @param last the last epoch
   */
  public record Result(Path model, AlignmentEpoch best, AlignmentEpoch last) {}

  /**
   * A run between two minibatches.
   *
   * @param state how far it has come
   * @param graph parameters, updater state and iteration count
   */
  private record At(State state, ComputationGraph graph) {}

  /** How far a run has come. */
  record State(
      AlignmentHyperparameters hyperparameters,
      String fingerprint,
      int epoch,
      int nextBatch,
      double lossSum,
      double normSum,
      long pairs,
      double seconds,
      List<AlignmentEpoch> history) {}

  /**
   * Makes one.
   *
   * @param progress hears of every minibatch
   * @param epochs hears of every finished epoch
   */
  public AlignmentTrainer(AlignmentRun run, Progress progress, Consumer<AlignmentEpoch> epochs) {
    this.run = run;
    this.hyper = run.hyperparameters();
    this.progress = progress;
    this.epochs = epochs;
    // With few pictures recalls are all 1 soon; then the lower training loss is the better.
    this.stopping =
        new EarlyStopping<>(
            hyper.patience(), epoch -> epoch.retrieval().recallSum(), AlignmentEpoch::loss);
  }

  /**
   * Runs all epochs that are left.
   *
   * @throws TrainException if it cannot start, does not fit the checkpoint, or diverges
   * @throws io.caption4j.data.DataException if the data set cannot be read
   */
  public Result run() {
    RunFolder folder = RunFolder.open(run.out(), run.start(), "model.c4a");
    try (AlignmentData data = AlignmentData.prepare(run, progress)) {
      At at = begin(folder, data);
      while (at.state.history.size() < hyper.epochs() && !over(at.state)) {
        at = epoch(folder, data, at);
      }
      List<AlignmentEpoch> history = at.state.history;
      return new Result(folder.model(), stopping.best(history), history.get(history.size() - 1));
    }
  }

  /** Out of patience; not before an epoch with the hardest negatives, which lift what is level. */
  private boolean over(State state) {
    return stopping.over(state.history) && (hyper.hardNegatives() == 0 || hardest(state.epoch - 1));
  }

  private At begin(RunFolder folder, AlignmentData data) {
    String fingerprint = data.fingerprint();
    if (run.start() == TrainSettings.Start.RESUME && Files.exists(folder.checkpoint())) {
      At at = CheckpointFile.load(folder.checkpoint(), State.class, At::new);
      CheckpointFile.requireSame(
          folder.checkpoint(), at.state.hyperparameters, hyper, at.state.fingerprint, fingerprint);
      return at;
    }
    State state = new State(hyper, fingerprint, 1, 0, 0, 0, 0, 0, List.of());
    ComputationGraph graph = graph(data, hardest(1));
    if (data.from() != null) {
      data.from().copyTo(graph);
    }
    return new At(state, graph);
  }

  private boolean hardest(int epoch) {
    return epoch > hyper.epochs() - hyper.hardNegatives();
  }

  private ComputationGraph graph(AlignmentData data, boolean hardest) {
    long iterations = (long) data.epoch(1).size() * hyper.epochs();
    return AlignmentGraph.build(
        data.settings(),
        data.regions(),
        new AlignmentGraph.Learning(
            new CosineSchedule(hyper.learningRate(), iterations),
            hyper.clipNorm(),
            new MaxMarginRanking(hyper.margin(), hardest),
            hyper.seed()));
  }

  /** A graph with the loss of an epoch, which goes on where another is. */
  private ComputationGraph forEpoch(AlignmentData data, ComputationGraph graph, int epoch) {
    if (epoch == 1 || hardest(epoch) == hardest(epoch - 1)) {
      return graph;
    }
    ComputationGraph next = graph(data, true);
    next.params().assign(graph.params());
    next.getUpdater().getUpdaterStateViewArray().assign(graph.getUpdater().getStateViewArray());
    next.getConfiguration().setIterationCount(graph.getIterationCount());
    next.getConfiguration().setEpochCount(graph.getConfiguration().getEpochCount());
    return next;
  }

  /** Runs what is left of an epoch; gives the beginning of the next. */
  private At epoch(RunFolder folder, AlignmentData data, At from) {
    State state = from.state;
    ComputationGraph graph =
        state.nextBatch == 0 ? forEpoch(data, from.graph, state.epoch) : from.graph;
    long started = System.nanoTime();
    long saved = started;
    GradientNorms norms = new GradientNorms(Set.of());
    graph.setListeners(norms);
    List<int[]> batches = data.epoch(state.epoch);
    for (int b = state.nextBatch; b < batches.size(); b++) {
      int[] batch = batches.get(b);
      graph.fit(data.minibatch(batch, graph.getIterationCount()));
      requireSound(graph.score(), batch.length, folder);
      double seconds = from.state.seconds + secondsSince(started);
      state = after(state, b + 1, graph.score(), norms.decoder(), batch.length, seconds);
      progress.update(
          "epoch %d/%d".formatted(state.epoch, hyper.epochs()),
          b + 1L,
          batches.size(),
          detail(state, data));
      if (secondsSince(saved) >= run.checkpointSeconds() && b + 1 < batches.size()) {
        saved = System.nanoTime();
        CheckpointFile.save(folder.checkpoint(), state, graph);
      }
    }
    return finish(folder, data, state, graph, started - (long) (from.state.seconds * 1e9));
  }

  private static State after(
      State s, int next, double loss, double norm, int pairs, double seconds) {
    return new State(
        s.hyperparameters,
        s.fingerprint,
        s.epoch,
        next,
        s.lossSum + loss,
        s.normSum + norm,
        s.pairs + pairs,
        seconds,
        s.history);
  }

  private At finish(
      RunFolder folder, AlignmentData data, State state, ComputationGraph graph, long started) {
    Retrieval retrieval = data.validation().run(graph, progress);
    AlignmentEpoch record =
        new AlignmentEpoch(
            state.epoch,
            graph.getLearningRate(AlignmentGraph.FORWARD),
            state.lossSum / state.nextBatch,
            state.normSum / state.nextBatch,
            retrieval,
            state.pairs / state.seconds,
            secondsSince(started));
    List<AlignmentEpoch> history = new ArrayList<>(state.history);
    history.add(record);
    if (stopping.best(history) == record) {
      model(data, graph, record).save(folder.model());
    }
    TrainingLog.write(folder.log(), history);
    State next =
        new State(hyper, state.fingerprint, state.epoch + 1, 0, 0, 0, 0, 0, List.copyOf(history));
    CheckpointFile.save(folder.checkpoint(), next, graph);
    epochs.accept(record);
    return new At(next, graph);
  }

  private AlignmentModel model(AlignmentData data, ComputationGraph graph, AlignmentEpoch epoch) {
    Retrieval found = epoch.retrieval();
    ModelCard.Training training =
        new ModelCard.Training(
            data.dataset().layout() + " " + data.dataset().source().getFileName(),
            data.training().images().size(),
            data.training().size(),
            hyper.minCount(),
            hyper.seed(),
            hyper.epochs(),
            epoch.epoch(),
            Map.of(
                "R@1 captions", found.annotation().recall1(),
                "R@10 captions", found.annotation().recall10(),
                "R@1 pictures", found.search().recall1(),
                "R@10 pictures", found.search().recall10()),
            LocalDate.now().toString(),
            BuildVersion.current());
    AlignmentCard card =
        new AlignmentCard(
            AlignmentCard.FORMAT_VERSION,
            run.name(),
            new ModelCard.Encoder(
                data.encoder().name(), data.encoder().hash(), data.encoder().preprocessing()),
            data.settings(),
            CaptionTokenizer.NAME,
            training,
            run.license());
    return new AlignmentModel(
        card,
        data.vocabulary(),
        data.standardisation(),
        AlignmentModel.weights(graph),
        data.packedEncoder());
  }

  private void requireSound(double loss, int pairs, RunFolder folder) {
    // Scores that are all equal lose the margin against every negative.
    double even = 2 * hyper.margin() * (pairs - 1);
    if (!(loss < 100 * even)) {
      throw new TrainException(
          String.format(
              Locale.ROOT,
              "The ranking loss is %.1f, where equal scores give %.1f: training has diverged. Try a"
                  + " smaller --learning-rate than %s; what was good is kept in %s.",
              loss,
              even,
              hyper.learningRate(),
              folder.checkpoint().getParent()));
    }
  }

  private String detail(State state, AlignmentData data) {
    double rate = state.pairs / state.seconds;
    long all = (long) data.training().size() * (hyper.epochs() - state.epoch + 1);
    return String.format(
        Locale.ROOT,
        "loss %.3f, %.0f pairs/s, %.0f min left in all",
        state.lossSum / state.nextBatch,
        rate,
        (all - state.pairs) / rate / TimeUnit.MINUTES.toSeconds(1));
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
