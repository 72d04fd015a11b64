package io.caption4j.cli;

import io.caption4j.classify.ClassifyHyperparameters;
import io.caption4j.classify.ClassifyHyperparameters.Variants;
import io.caption4j.classify.Method;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the training of a classifier can be tuned by. */
final class ClassifyHyperparameterOptions {
  private static final int HEAD_EPOCHS = 30;
  private static final int TUNE_EPOCHS = 4;
  private static final double HEAD_RATE = 1e-3;

  @Option(
      names = "--method",
      paramLabel = "linear|head|tune",
      required = true,
      description =
          "linear: logistic regression on the encoder's features; head: everything frozen but a new"
              + " softmax layer; tune: the new layer is warmed up, then the encoder's last blocks"
              + " train too.")
  private Method method;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "Train on N pictures of each class, drawn by --seed. Default: all.")
  private Integer perClass;

  @Option(
      names = "--random-weights",
      description =
          "Begin with an encoder of random weights, to see what the pretrained are worth.")
  private boolean randomWeights;

  @Option(
      names = "--cost",
      paramLabel = "X",
      defaultValue = "10",
      description =
          "linear: the larger, the weaker the regularisation (LIBLINEAR's C, of features of"
              + " length 1). Default: ${DEFAULT-VALUE}.")
  private double cost;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training pictures. Default: 30, tune: 4.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Pictures in a minibatch, 2 or more. Default: ${DEFAULT-VALUE}.")
  private int batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "Adam's rate of the new layer at the start, below 1; it falls over all epochs. Default:"
              + " 0.001.")
  private Double headRate;

  @Option(
      names = "--clip",
      paramLabel = "X",
      defaultValue = "5",
      description = "Largest norm of a layer's gradient. Default: ${DEFAULT-VALUE}.")
  private double clipNorm;

  @Option(
      names = "--label-smoothing",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "head, tune: share of the target spread over all classes, 0 to below 1. Default:"
              + " ${DEFAULT-VALUE}.")
  private double labelSmoothing;

  @Option(
      names = "--weight-average",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "head, tune: validate and save a running mean of the weights, of which each minibatch"
              + " keeps this share: .98 is a mean of about the last 50. Default:"
              + " ${DEFAULT-VALUE}, none.")
  private double weightAverage;

  @Option(
      names = "--unfreeze",
      paramLabel = "K",
      defaultValue = "4",
      description = "tune: how many of the encoder's 16 blocks are trained. Default: 4, the last.")
  private int unfreeze;

  @Option(
      names = "--encoder-lr",
      paramLabel = "X",
      defaultValue = "0.0001",
      description = "tune: Adam's rate of these blocks at the start. Default: ${DEFAULT-VALUE}.")
  private double encoderRate;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "tune: passes that train the new layer alone before the blocks join in; a long one learns"
              + " the training pictures by heart. Default: ${DEFAULT-VALUE}.")
  private int warmUpEpochs;

  @Option(
      names = "--warm-up-lr",
      paramLabel = "X",
      defaultValue = "0.0005",
      description = "tune: Adam's rate in these at the start. Default: ${DEFAULT-VALUE}.")
  private double warmUpRate;

  @Option(
      names = "--no-warm-up",
      description = "tune: train the blocks at once with a new layer of random weights.")
  private boolean noWarmUp;

  @Option(
      names = "--augment",
      paramLabel = "none|flip|crop|turn",
      defaultValue = "crop",
      description =
          "tune: variants of training pictures: none, flip (mirrored too), crop (mirrored, cropped,"
              + " and both too), or turn (all these turned by 90, 180 and 270 degrees too, for"
              + " pictures without an up and down). Default: ${DEFAULT-VALUE}.")
  private Variants augmentation;

  /**
   * The hyperparameters that were asked for.
   *
   * @throws picocli.CommandLine.ParameterException if one is out of its range
   */
  ClassifyHyperparameters checked(CommandSpec spec, long seed) {
    boolean tunes = method == Method.TUNE;
    if (perClass != null) {
      Require.range(spec, "--per-class", perClass, 1, Integer.MAX_VALUE);
    }
    Require.range(spec, "--warm-up", warmUpEpochs, 1, 100_000);
    Require.that(spec, tunes || !noWarmUp, "--no-warm-up goes with --method tune.");
    return Require.valid(
        spec,
        () ->
            new ClassifyHyperparameters(
                method,
                perClass == null ? 0 : perClass,
                randomWeights,
                cost,
                epochs != null ? epochs : tunes ? TUNE_EPOCHS : HEAD_EPOCHS,
                batchSize,
                headRate != null ? headRate : HEAD_RATE,
                clipNorm,
                labelSmoothing,
                weightAverage,
                noWarmUp ? 0 : warmUpEpochs,
                warmUpRate,
                unfreeze,
                encoderRate,
                augmentation,
                seed));
  }
}
