package io.caption4j.train;

import java.util.Locale;

/**
 * What an epoch gave: one line of the log.
 *
 * @param epoch epochs done; a fraction where an epoch is validated several times
 * @param learningRate at its end
 * @param loss mean loss a training token, in nats: in self-critical training that of the sampled
 *     captions weighted by their advantage
 * @param reward mean reward of the sampled captions; 0 where there are none
 * @param gradientNorm mean L2 norm of the decoder's gradient over minibatches, before clipping
 * @param encoderGradientNorm the same of the encoder's unfrozen blocks; 0 if there are none
 * @param validationLoss mean negative log-likelihood a token of the validation captions, without
 *     dropout; in self-critical training of those without rare words
 * @param perplexity exp of the validation loss
 * @param ciderD of greedy captions of the validation pictures
 * @param bleu4 of the same
 * @param distinct how many of these captions differ
 * @param tokensPerSecond training tokens a second, data handling included
 * @param seconds of the whole epoch, validation included
 */
public record EpochRecord(
    double epoch,
    double learningRate,
    double loss,
    double reward,
    double gradientNorm,
    double encoderGradientNorm,
    double validationLoss,
    double perplexity,
    double ciderD,
    double bleu4,
    int distinct,
    double tokensPerSecond,
    double seconds) {
  /** The epoch for people: without a fraction where it has none. */
  public String label() {
    return epoch == Math.rint(epoch)
        ? String.valueOf((long) epoch)
        : String.format(Locale.ROOT, "%.2f", epoch);
  }
}
