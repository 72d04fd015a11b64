package io.caption4j.train;

import io.caption4j.data.Progress;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.SparseCrossEntropy;
import io.caption4j.evaluate.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Trains a decoder on a frozen encoder's cached features, on human captions or on its own samples'
 * scores; validates each epoch or oftener, keeps the best model by CIDEr-D, or by validation loss
 * where that cannot tell, and a checkpoint to go on from.
 *
 * <p>Stopped at any moment and resumed, it ends with the parameters of a run that was not stopped:
 * shuffling and dropout are functions of seed and iteration, and a checkpoint holds all else.
 */
public final class Trainer {
  /** A loss a token this many times that of guessing evenly means that training has diverged. */
  private static final double DIVERGED = 3;

  private final TrainSettings settings;
  private final Workers workers; // or null
  private final Hyperparameters hyper;
  private final Progress progress;
  private final Consumer<EpochRecord> epochs;
  private EarlyStopping<EpochRecord> stopping;

  /**
   * What a run came to.
   *
   * @param model the best epoch's model file
   * @param best the validation that it did best in
   * @param last the last validation
   * @param report the run's page
   * @param chosenBy what the best was chosen by, for people
   */
  public record Result(
      Path model, EpochRecord best, EpochRecord last, Path report, String chosenBy) {}

  /**
   * Makes one.
   *
   * @param progress hears of every minibatch
   * @param epochs hears of every finished epoch
   */
  public Trainer(TrainSettings settings, Progress progress, Consumer<EpochRecord> epochs) {
    this(settings, null, progress, epochs);
  }

  /**
   * Makes one that lets others do the minibatches; this machine validates and keeps the run.
   *
   * @param workers who trains, as many as the hyperparameters say; null for this machine alone
   */
  public Trainer(
      TrainSettings settings, Workers workers, Progress progress, Consumer<EpochRecord> epochs) {
    this.settings = settings;
    this.workers = workers;
    this.hyper = settings.hyperparameters();
    this.progress = progress;
    this.epochs = epochs;
    if ((workers != null) != (hyper.workers() > 0)) {
      throw new IllegalArgumentException("Workers and hyperparameters do not agree.");
    }
  }

  /**
   * Runs all epochs that are left.
   *
   * @throws TrainException if it cannot start, does not fit the checkpoint, or diverges
   * @throws io.caption4j.data.DataException if the data set cannot be read
   */
  public Result run() {
    RunFolder folder = RunFolder.open(settings.out(), settings.start(), "model.c4j");
    CaptionModel from = settings.from() == null ? null : CaptionModel.load(settings.from());
    try (TrainingData data = TrainingData.prepare(settings, from, progress)) {
      boolean byLoss = ChoiceByLoss.applies(data.validation().images().size(), hyper);
      stopping =
          new EarlyStopping<>(
              hyper.patience(),
              byLoss ? record -> -record.validationLoss() : EpochRecord::ciderD,
              EpochRecord::validationLoss);
      Learner learner = workers == null ? data.learner() : data.learner(workers);
      Checkpoint checkpoint = begin(folder, data, learner);
      List<EpochRecord> history = checkpoint.state().history();
      int rounds = hyper.epochs() * learner.roundsPerEpoch();
      while (history.size() < rounds && !stopping.over(history)) {
        checkpoint = round(folder, data, learner, checkpoint);
        history = checkpoint.state().history();
      }
      return new Result(
          folder.model(),
          stopping.best(history),
          history.get(history.size() - 1),
          folder.report(),
          chosenBy(history, byLoss));
    }
  }

  private String chosenBy(List<EpochRecord> history, boolean byLoss) {
    if (byLoss) {
      return "validation loss, since so few validation pictures tell nothing by CIDEr-D";
    }
    return stopping.tied(history)
        ? "validation loss, since all epochs have the same CIDEr-D"
        : "CIDEr-D";
  }

  private Checkpoint begin(RunFolder folder, TrainingData data, Learner learner) {
    if (settings.start() == TrainSettings.Start.RESUME && Files.exists(folder.checkpoint())) {
      Checkpoint checkpoint = Checkpoint.load(folder.checkpoint());
      CheckpointFile.requireSame(
          folder.checkpoint(),
          checkpoint.state().hyperparameters(),
          hyper,
          checkpoint.state().fingerprint(),
          data.fingerprint());
      return checkpoint;
    }
    SparseCrossEntropy loss = new SparseCrossEntropy(hyper.labelSmoothing(), hyper.selfCritical());
    ComputationGraph graph =
        data.models()
            .graph(
                new DecoderGraph.Learning(
                    schedule(learner, hyper.learningRate()), hyper.clipNorm(), loss, hyper.seed()),
                schedule(learner, hyper.encoderRate()));
    return new Checkpoint(Checkpoint.State.begin(hyper, data.fingerprint(), 1, List.of()), graph);
  }

  /** Self-critical training is too short for a schedule. */
  private ISchedule schedule(Learner learner, double rate) {
    if (hyper.selfCritical()) {
      return new FixedSchedule(rate);
    }
    long iterations = (long) learner.steps(1) * learner.roundsPerEpoch() * hyper.epochs();
    return new CosineSchedule(rate, iterations);
  }

  /** Runs what is left of the checkpoint's round; gives the checkpoint at the start of the next. */
  private Checkpoint round(RunFolder folder, TrainingData data, Learner learner, Checkpoint from) {
    Checkpoint.State state = from.state();
    ComputationGraph graph = from.graph();
    long started = System.nanoTime();
    long saved = started;
    int steps = learner.steps(state.round());
    while (state.nextBatch() < steps) {
      Learner.Steps done = learner.run(state.round(), state.nextBatch(), graph);
      requireSound(done.lossSum() / done.tokens(), data, folder);
      state = state.after(done);
      double seconds = from.state().seconds() + secondsSince(started);
      progress.update(
          "epoch %s/%d".formatted(label(state.round(), learner), hyper.epochs()),
          state.nextBatch(),
          steps,
          detail(state, seconds, learner));
      if (secondsSince(saved) >= settings.checkpointSeconds() && state.nextBatch() < steps) {
        saved = System.nanoTime();
        new Checkpoint(state.withSeconds(seconds), graph).save(folder.checkpoint());
      }
    }
    double seconds = from.state().seconds() + secondsSince(started);
    return finish(folder, data, learner, state.withSeconds(seconds), graph);
  }

  /** Validates, logs, keeps the model if it is the best, and writes the next round's checkpoint. */
  private Checkpoint finish(
      RunFolder folder,
      TrainingData data,
      Learner learner,
      Checkpoint.State state,
      ComputationGraph graph) {
    long started = System.nanoTime();
    progress.update("validating", 0, 1, "");
    double epoch = state.round() / (double) learner.roundsPerEpoch();
    double validationLoss = data.validation().loss(graph);
    List<Caption> captions = data.validation().captions(data.models().searchable(graph), graph);
    Scores scores = data.validation().scores(captions);
    EpochRecord record =
        new EpochRecord(
            epoch,
            graph.getLearningRate(DecoderGraph.LSTM),
            state.lossSum() / state.tokens(),
            state.rewardSum() / state.nextBatch(),
            state.normSum() / state.nextBatch(),
            state.encoderNormSum() / state.nextBatch(),
            validationLoss,
            Math.exp(validationLoss),
            scores.ciderD(),
            scores.bleu4(),
            scores.distinct(),
            state.tokens() / state.seconds(),
            state.seconds() + secondsSince(started));
    List<EpochRecord> history = new ArrayList<>(state.history());
    history.add(record);
    if (stopping.best(history) == record) {
      data.models().model(graph, epoch, scores).save(folder.model());
    }
    TrainingLog.write(folder.log(), history);
    Report.write(
        folder.report(),
        settings.name(),
        "The best is that of epoch %s, by %s."
            .formatted(
                stopping.best(history).label(),
                chosenBy(history, ChoiceByLoss.applies(data.validation().images().size(), hyper))),
        history,
        data.validation().images(),
        captions);
    Checkpoint next =
        new Checkpoint(
            Checkpoint.State.begin(hyper, data.fingerprint(), state.round() + 1, history), graph);
    next.save(folder.checkpoint());
    progress.update("validating", 1, 1, "");
    epochs.accept(record);
    return next;
  }

  private void requireSound(double loss, TrainingData data, RunFolder folder) {
    double even = Math.log(data.vocabulary().size());
    if (!(Math.abs(loss) < DIVERGED * even)) {
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

  private static String label(int round, Learner learner) {
    double epoch = (round - 1) / (double) learner.roundsPerEpoch();
    return learner.roundsPerEpoch() == 1
        ? String.valueOf(round)
        : String.format(Locale.ROOT, "%.2f", epoch);
  }

  private String detail(Checkpoint.State state, double seconds, Learner learner) {
    double rate = state.tokens() / seconds;
    double perRound = learner.tokensPerEpoch() / (double) learner.roundsPerEpoch();
    int rounds = hyper.epochs() * learner.roundsPerEpoch();
    double left = Math.max(0, (rounds - state.round() + 1) * perRound - state.tokens());
    double minutes = left / rate / TimeUnit.MINUTES.toSeconds(1);
    return String.format(
        Locale.ROOT,
        "%s %.3f, %.0f tokens/s, %.0f min left in all",
        hyper.selfCritical() ? "reward" : "loss",
        hyper.selfCritical()
            ? state.rewardSum() / state.nextBatch()
            : state.lossSum() / state.tokens(),
        rate,
        minutes);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
