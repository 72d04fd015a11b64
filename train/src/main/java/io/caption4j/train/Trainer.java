package io.caption4j.train;

import io.caption4j.data.Progress;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ShowTellGraph;
import io.caption4j.evaluate.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The warm-up phase: trains a decoder on a frozen encoder's cached features, validates each epoch,
 * keeps the best epoch's model by CIDEr-D and a checkpoint to go on from.
 *
 * <p>Stopped at any moment and resumed, it ends with the parameters of a run that was not stopped:
 * shuffling and dropout are functions of seed and iteration, and a checkpoint holds all else.
 */
public final class Trainer {
  /** A loss a token this many times that of guessing evenly means that training has diverged. */
  private static final double DIVERGED = 3;

  private final TrainSettings settings;
  private final Hyperparameters hyper;
  private final Progress progress;
  private final Consumer<EpochRecord> epochs;

  /**
   * What a run came to.
   *
   * @param model the best epoch's model file
   * @param best that epoch
   * @param epochs epochs run
   * @param report the run's page
   */
  public record Result(Path model, EpochRecord best, int epochs, Path report) {}

  /**
   * Makes one.
   *
   * @param progress hears of every minibatch
   * @param epochs hears of every finished epoch
   */
  public Trainer(TrainSettings settings, Progress progress, Consumer<EpochRecord> epochs) {
    this.settings = settings;
    this.hyper = settings.hyperparameters();
    this.progress = progress;
    this.epochs = epochs;
  }

  /**
   * Runs all epochs that are left.
   *
   * @throws TrainException if it cannot start, does not fit the checkpoint, or diverges
   * @throws io.caption4j.data.DataException if the data set cannot be read
   */
  public Result run() {
    RunFolder folder = RunFolder.open(settings.out(), settings.start());
    try (TrainingData data = TrainingData.prepare(settings, progress)) {
      Checkpoint checkpoint = begin(folder, data);
      List<EpochRecord> history = new ArrayList<>(checkpoint.state().history());
      while (history.size() < hyper.epochs() && !outOfPatience(history)) {
        checkpoint = epoch(folder, data, checkpoint);
        history = new ArrayList<>(checkpoint.state().history());
      }
      return new Result(folder.model(), best(history), history.size(), folder.report());
    }
  }

  private Checkpoint begin(RunFolder folder, TrainingData data) {
    if (settings.start() == TrainSettings.Start.RESUME && Files.exists(folder.checkpoint())) {
      Checkpoint checkpoint = Checkpoint.load(folder.checkpoint());
      requireSame(folder, checkpoint.state(), data);
      return checkpoint;
    }
    DecoderSettings decoder =
        new DecoderSettings(
            DecoderSettings.SHOW_TELL,
            data.features().rowLength(),
            data.vocabulary().size(),
            hyper.embeddingSize(),
            hyper.stateSize(),
            hyper.dropout());
    ComputationGraph graph =
        ShowTellGraph.build(decoder, schedule(data), hyper.clipNorm(), hyper.seed());
    ShowTellGraph.biasToWordFrequency(graph, data.vocabulary());
    return new Checkpoint(
        new Checkpoint.State(hyper, data.fingerprint(), 1, 0, 0, 0, 0, List.of()), graph);
  }

  private void requireSame(RunFolder folder, Checkpoint.State state, TrainingData data) {
    if (!state.hyperparameters().equals(hyper)) {
      throw new TrainException(
          "%s was trained with %s, now asked for %s; give the same settings, or another --out."
              .formatted(folder.checkpoint(), state.hyperparameters(), hyper));
    }
    if (!state.fingerprint().equals(data.fingerprint())) {
      throw new TrainException(
          folder.checkpoint()
              + " was trained on other captions, vocabulary or features than these; name the data"
              + " it began with, or another --out.");
    }
  }

  private CosineSchedule schedule(TrainingData data) {
    long iterations = (long) data.trainingBatches().size() * hyper.epochs();
    return new CosineSchedule(hyper.learningRate(), iterations);
  }

  /** Runs what is left of the checkpoint's epoch; gives the checkpoint at the start of the next. */
  private Checkpoint epoch(RunFolder folder, TrainingData data, Checkpoint from) {
    Checkpoint.State state = from.state();
    ComputationGraph graph = from.graph();
    long started = System.nanoTime();
    long saved = started;
    double lossSum = state.lossSum();
    long tokens = state.tokens();
    List<int[]> batches = data.trainingBatches().epoch(state.epoch());
    for (int b = state.nextBatch(); b < batches.size(); b++) {
      int[] batch = batches.get(b);
      graph.fit(data.trainingBatches().of(batch));
      double loss = graph.score();
      requireSound(loss, data, folder);
      long targets = data.trainingBatches().targets(batch);
      lossSum += loss * targets;
      tokens += targets;
      double seconds = state.seconds() + secondsSince(started);
      progress.update(
          "epoch %d/%d".formatted(state.epoch(), hyper.epochs()),
          b + 1L,
          batches.size(),
          detail(lossSum / tokens, tokens / seconds, data, state.epoch(), tokens));
      if (secondsSince(saved) >= settings.checkpointSeconds() && b + 1 < batches.size()) {
        saved = System.nanoTime();
        save(folder, state, data, b + 1, lossSum, tokens, seconds, graph);
      }
    }
    double trainingSeconds = state.seconds() + secondsSince(started);
    return finish(folder, data, state, graph, lossSum, tokens, trainingSeconds);
  }

  private void save(
      RunFolder folder,
      Checkpoint.State state,
      TrainingData data,
      int nextBatch,
      double lossSum,
      long tokens,
      double seconds,
      ComputationGraph graph) {
    Checkpoint.State now =
        new Checkpoint.State(
            hyper,
            data.fingerprint(),
            state.epoch(),
            nextBatch,
            lossSum,
            tokens,
            seconds,
            state.history());
    new Checkpoint(now, graph).save(folder.checkpoint());
  }

  /** Validates, logs, keeps the model if it is the best, and writes the next epoch's checkpoint. */
  private Checkpoint finish(
      RunFolder folder,
      TrainingData data,
      Checkpoint.State state,
      ComputationGraph graph,
      double lossSum,
      long tokens,
      double trainingSeconds) {
    long started = System.nanoTime();
    progress.update("validating", 0, 1, "");
    double validationLoss = data.validation().loss(graph);
    CaptionModel model = data.model(graph, settings, state.epoch(), null);
    List<Caption> captions = data.validation().captions(model);
    Scores scores = data.validation().scores(captions);
    EpochRecord record =
        new EpochRecord(
            state.epoch(),
            graph.getLearningRate(ShowTellGraph.LSTM),
            lossSum / tokens,
            validationLoss,
            Math.exp(validationLoss),
            scores.ciderD(),
            scores.bleu4(),
            scores.distinct(),
            tokens / trainingSeconds,
            trainingSeconds + secondsSince(started));
    List<EpochRecord> history = new ArrayList<>(state.history());
    history.add(record);
    if (best(history) == record) {
      data.model(graph, settings, state.epoch(), scores).save(folder.model());
    }
    TrainingLog.write(folder.log(), history);
    Report.write(folder.report(), settings.name(), history, data.validation().images(), captions);
    Checkpoint next =
        new Checkpoint(
            new Checkpoint.State(hyper, data.fingerprint(), state.epoch() + 1, 0, 0, 0, 0, history),
            graph);
    next.save(folder.checkpoint());
    progress.update("validating", 1, 1, "");
    epochs.accept(record);
    return next;
  }

  private void requireSound(double loss, TrainingData data, RunFolder folder) {
    double even = Math.log(data.vocabulary().size());
    if (!(loss < DIVERGED * even)) {
      throw new TrainException(
          String.format(
              Locale.ROOT,
              "The loss is %.3f, where guessing evenly gives %.3f: training has diverged. Try a"
                  + " smaller --learning-rate than %s; what was good is kept in %s.",
              loss,
              even,
              hyper.learningRate(),
              folder.checkpoint().getParent()));
    }
  }

  private boolean outOfPatience(List<EpochRecord> history) {
    return hyper.patience() > 0
        && !history.isEmpty()
        && history.size() - best(history).epoch() >= hyper.patience();
  }

  /** The first epoch with the highest CIDEr-D. */
  private static EpochRecord best(List<EpochRecord> history) {
    EpochRecord best = history.get(0);
    for (EpochRecord epoch : history) {
      if (epoch.ciderD() > best.ciderD()) {
        best = epoch;
      }
    }
    return best;
  }

  private String detail(double loss, double rate, TrainingData data, int epoch, long tokens) {
    long left = (hyper.epochs() - epoch + 1) * data.training().targets() - tokens;
    double minutes = left / rate / TimeUnit.MINUTES.toSeconds(1);
    return String.format(
        Locale.ROOT, "loss %.3f, %.0f tokens/s, %.0f min left in all", loss, rate, minutes);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
