package io.caption4j.classify;

import io.caption4j.data.Augmentation;
import io.caption4j.encoder.EncoderCut;
import io.caption4j.train.TrainException;
import java.util.List;

/**
 * What decides the classifier that training arrives at, together with the data: two runs with equal
 * ones end with equal classifiers.
 *
 * @param method one of three
 * @param perClass training pictures a class; 0 for all
 * @param randomWeights whether the encoder starts with random weights instead of pretrained ones
 * @param cost of errors in logistic regression, LIBLINEAR's C; method linear alone uses it
 * @param epochs passes over the training pictures; the rates fall over all of them
 * @param batchSize pictures in a minibatch
 * @param headRate Adam's rate of the new layer, at the start
 * @param clipNorm largest L2 norm of a layer's gradient
 * @param labelSmoothing share of the target spread evenly over the classes, 0 to below 1
 * @param weightAverage share of the weights' running mean that each minibatch keeps, 0 to below 1;
 *     0 for no mean. The mean is validated and saved in place of the last weights
 * @param warmUpEpochs passes that train the new layer alone before the encoder's blocks join in; 0
 *     for no warm-up; method tune alone uses this and what follows
 * @param warmUpRate Adam's rate in these, at the start
 * @param unfreeze how many of the encoder's last blocks are trained
 * @param encoderRate Adam's rate of these, at the start
 * @param augmentation which variants of training pictures there are
 * @param seed of the new layer, the order of pictures and all choices
 */
public record ClassifyHyperparameters(
    Method method,
    int perClass,
    boolean randomWeights,
    double cost,
    int epochs,
    int batchSize,
    double headRate,
    double clipNorm,
    double labelSmoothing,
    double weightAverage,
    int warmUpEpochs,
    double warmUpRate,
    int unfreeze,
    double encoderRate,
    Variants augmentation,
    long seed) {
  /** Which variants of its training pictures tuning sees. */
  public enum Variants {
    /** The pictures as they are. */
    NONE(List.of(Augmentation.NONE)),
    /** Mirrored ones too. */
    FLIP(Augmentation.MIRRORED),
    /** Mirrored, cropped, and mirrored and cropped ones too. */
    CROP(Augmentation.UPRIGHT),
    /** All these turned by 90, 180 and 270 degrees too, for pictures without an up and down. */
    TURN(Augmentation.ALL);

    private final List<Augmentation> pictures;

    Variants(List<Augmentation> pictures) {
      this.pictures = pictures;
    }

    /** The variants, the picture as it is first. */
    List<Augmentation> pictures() {
      return pictures;
    }
  }

  /** Checks the ranges. */
  public ClassifyHyperparameters {
    require(perClass >= 0, "training pictures a class", "1 or more, or 0 for all", perClass);
    require(cost > 0 && Double.isFinite(cost), "cost", "above 0", cost);
    require(epochs >= 1, "epochs", "1 or more", epochs);
    require(batchSize >= 2, "batch size", "2 or more", batchSize);
    requireRate(headRate, "rate of the new layer");
    require(clipNorm > 0, "gradient clip", "above 0", clipNorm);
    requireShare(labelSmoothing, "label smoothing");
    requireShare(weightAverage, "weight average");
    require(warmUpEpochs >= 0, "warm-up epochs", "0 or more", warmUpEpochs);
    requireRate(warmUpRate, "rate of the warm-up");
    require(
        unfreeze >= 1 && unfreeze <= EncoderCut.MAX_BLOCKS,
        "number of unfrozen blocks",
        "1 to " + EncoderCut.MAX_BLOCKS,
        unfreeze);
    requireRate(encoderRate, "encoder's rate");
  }

  private static void requireRate(double rate, String name) {
    require(rate > 0 && rate < 1, name, "above 0, below 1", rate);
  }

  private static void requireShare(double share, String name) {
    require(share >= 0 && share < 1, name, "0 to below 1", share);
  }

  private static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new TrainException("The %s must be %s, found %s.".formatted(name, expected, found));
    }
  }
}
