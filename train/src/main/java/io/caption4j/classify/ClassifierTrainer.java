package io.caption4j.classify;

import io.caption4j.data.Progress;
import io.caption4j.train.GradientNorms;
import io.caption4j.train.RunFolder;
import io.caption4j.train.TrainException;
import io.caption4j.train.TrainSettings;
import io.caption4j.train.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains a classifier by one of the three methods, measures it on the validation split after each
 * epoch, keeps the best epoch of the last stage and a checkpoint to go on from. Stopped at any
 * moment and resumed, it ends with the parameters of a run that was not stopped.
 */
public final class ClassifierTrainer {
  /** A loss this many times that of guessing evenly means that training has diverged. */
  private static final double DIVERGED = 10;

  private final ClassifyRun run;
  private final ClassifyHyperparameters hyper;
  private final Progress progress;
  private final Consumer<ClassifyEpoch> epochs;

  /**
   * What a run came to.
   *
   * @param model the best epoch's model file
   * @param best the epoch of the last stage that did best, the first of equals
   * @param last the last epoch
   */
  public record Result(Path model, ClassifyEpoch best, ClassifyEpoch last) {}

  /**
   * Makes one.
   *
   * @param progress hears of pictures encoded and of every minibatch
   * @param epochs hears of every finished epoch
   */
  public ClassifierTrainer(ClassifyRun run, Progress progress, Consumer<ClassifyEpoch> epochs) {
    this.run = run;
    this.hyper = run.hyperparameters();
    this.progress = progress;
    this.epochs = epochs;
  }

  /**
   * Runs what is left to do.
   *
   * @throws TrainException if it cannot start, does not fit the checkpoint, or diverges
   * @throws io.caption4j.data.DataException if the data set cannot be read
   */
  public Result run() {
    RunFolder folder = RunFolder.open(run.out(), run.start(), "model.c4k");
    try (ClassifyData data = ClassifyData.open(run, progress)) {
      return hyper.method() == Method.LINEAR ? fit(folder, data) : train(folder, data);
    }
  }

  private Result fit(RunFolder folder, ClassifyData data) {
    long started = System.nanoTime();
    List<LabelledFeatures> features = data.features();
    LabelledFeatures training = features.get(0);
    progress.update("fitting", 0, 1, "");
    LinearHead head = LogisticRegression.fit(training, data.classes().size(), hyper.cost());
    progress.update("fitting", 1, 1, "");
    Validation validation = Validation.of(head, features.get(1));
    double seconds = secondsSince(started);
    ClassifyEpoch fitted =
        new ClassifyEpoch(
            hyper.method().label(),
            1,
            0,
            Validation.of(head, training).loss(),
            0,
            0,
            validation.loss(),
            validation.accuracy(),
            training.size() / seconds,
            seconds);
    data.model(head, null, fitted).save(folder.model());
    TrainingLog.write(folder.log(), List.of(fitted));
    epochs.accept(fitted);
    return new Result(folder.model(), fitted, fitted);
  }

  private Result train(RunFolder folder, ClassifyData data) {
    ClassifierCheckpoint at = begin(folder, data);
    while (at.state().stage() < data.stages()) {
      int number = at.state().stage();
      try (Stage stage = data.stage(number)) {
        if (at.graph() == null) {
          // A warm-up is brief: its mean would lag behind.
          double keep = number == data.stages() - 1 ? hyper.weightAverage() : 0;
          at = ClassifierCheckpoint.begin(at.state(), stage, keep);
        }
        while (at.state().epoch() <= stage.epochs()) {
          at = epoch(folder, data, stage, at);
        }
        ComputationGraph graph = at.graph();
        LinearHead head = at.average().in(graph, () -> stage.head(graph));
        at = new ClassifierCheckpoint(at.state().nextStage(head), null, null);
      }
    }
    List<ClassifyEpoch> history = at.state().history();
    return new Result(folder.model(), best(history), history.get(history.size() - 1));
  }

  private ClassifierCheckpoint begin(RunFolder folder, ClassifyData data) {
    String fingerprint = data.fingerprint();
    if (run.start() == TrainSettings.Start.RESUME && Files.exists(folder.checkpoint())) {
      return ClassifierCheckpoint.load(folder, hyper, fingerprint);
    }
    return new ClassifierCheckpoint(ClassifierState.begin(hyper, fingerprint), null, null);
  }

  /** Runs what is left of an epoch; gives the beginning of the next. */
  private ClassifierCheckpoint epoch(
      RunFolder folder, ClassifyData data, Stage stage, ClassifierCheckpoint from) {
    ClassifierState state = from.state();
    ComputationGraph graph = from.graph();
    long started = System.nanoTime();
    long saved = started;
    GradientNorms norms = new GradientNorms(stage.encoderLayers());
    graph.setListeners(norms);
    int pictures = stage.labels().length;
    List<int[]> batches = Batches.of(pictures, hyper.batchSize(), hyper.seed(), state.epoch());
    String task = "%s %d/%d".formatted(stage.name(), state.epoch(), stage.epochs());
    for (int b = state.nextBatch(); b < batches.size(); b++) {
      int[] batch = batches.get(b);
      int[] labels = IntStream.of(batch).map(i -> stage.labels()[i]).toArray();
      graph.fit(
          new DataSet(
              stage.input(batch, graph.getIterationCount()),
              Stage.targets(labels, data.classes().size(), hyper.labelSmoothing())));
      from.average().add(graph);
      requireSound(graph.score(), data.classes().size(), folder);
      double seconds = from.state().seconds() + secondsSince(started);
      // DL4J sums gradients over a minibatch and divides afterwards.
      state =
          state.after(
              b + 1,
              batch.length,
              graph.score(),
              norms.decoder() / batch.length,
              norms.encoder() / batch.length,
              seconds);
      progress.update(task, b + 1L, batches.size(), detail(state, stage));
      if (secondsSince(saved) >= run.checkpointSeconds() && b + 1 < batches.size()) {
        saved = System.nanoTime();
        from.at(state).save(folder);
      }
    }
    return finish(folder, data, stage, from.at(state));
  }

  private ClassifierCheckpoint finish(
      RunFolder folder, ClassifyData data, Stage stage, ClassifierCheckpoint at) {
    ClassifierState state = at.state();
    ComputationGraph graph = at.graph();
    List<ClassifyEpoch> history =
        at.average().in(graph, () -> validate(folder, data, stage, state, graph));
    TrainingLog.write(folder.log(), history);
    ClassifierCheckpoint next = at.at(state.nextEpoch(history));
    next.save(folder);
    epochs.accept(history.get(history.size() - 1));
    return next;
  }

  /** Measures an epoch's graph, and saves it if it is the best; gives the history up to it. */
  private static List<ClassifyEpoch> validate(
      RunFolder folder,
      ClassifyData data,
      Stage stage,
      ClassifierState state,
      ComputationGraph graph) {
    ClassifyEpoch record = measured(stage, state, graph);
    List<ClassifyEpoch> history = new ArrayList<>(state.history());
    history.add(record);
    boolean lastStage = state.stage() == data.stages() - 1;
    if (lastStage && best(history) == record) {
      data.model(stage.head(graph), stage.encoderWeights(graph), record).save(folder.model());
    }
    return history;
  }

  private static ClassifyEpoch measured(
      Stage stage, ClassifierState state, ComputationGraph graph) {
    long validating = System.nanoTime();
    Validation validation = Validation.of(graph, stage);
    int batches = state.nextBatch();
    return new ClassifyEpoch(
        stage.name(),
        state.epoch(),
        graph.getLearningRate(ClassifierGraph.HEAD),
        state.lossSum() / state.pictures(),
        state.headNormSum() / batches,
        state.encoderNormSum() / batches,
        validation.loss(),
        validation.accuracy(),
        state.pictures() / state.seconds(),
        state.seconds() + secondsSince(validating));
  }

  /** The first epoch of the last stage with the highest accuracy; of equals the lower loss. */
  private static ClassifyEpoch best(List<ClassifyEpoch> history) {
    String phase = history.get(history.size() - 1).phase();
    ClassifyEpoch best = null;
    for (ClassifyEpoch epoch : history) {
      if (epoch.phase().equals(phase)
          && (best == null
              || epoch.accuracy() > best.accuracy()
              || (epoch.accuracy() == best.accuracy()
                  && epoch.validationLoss() < best.validationLoss()))) {
        best = epoch;
      }
    }
    return best;
  }

  private void requireSound(double loss, int classes, RunFolder folder) {
    double even = Math.log(classes);
    if (!(loss < DIVERGED * even)) {
      throw new TrainException(
          String.format(
              Locale.ROOT,
              "The loss is %.3f, where guessing evenly gives %.3f: training has diverged. Try"
                  + " smaller rates; what was good is kept in %s.",
              loss,
              even,
              folder.checkpoint().getParent()));
    }
  }

  private static String detail(ClassifierState state, Stage stage) {
    double rate = state.pictures() / state.seconds();
    double left = (double) stage.labels().length * (stage.epochs() - state.epoch() + 1);
    return String.format(
        Locale.ROOT,
        "loss %.3f, %.0f pictures/s, %.0f s left in all",
        state.lossSum() / state.pictures(),
        rate,
        (left - state.pictures()) / rate);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
