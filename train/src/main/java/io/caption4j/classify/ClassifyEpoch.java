package io.caption4j.classify;

/**
 * What an epoch gave: one line of the log.
 *
 * @param phase head, warm-up or tune
 * @param epoch of the phase, from 1
 * @param learningRate of the new layer, at its end
 * @param loss mean cross entropy of the training pictures, in nats
 * @param headGradientNorm mean L2 norm of the new layer's gradient over minibatches, before
 *     clipping
 * @param encoderGradientNorm the same of the encoder's unfrozen blocks; 0 while there are none
 * @param validationLoss mean cross entropy of the validation pictures
 * @param accuracy share of the validation pictures taken for what they are
 * @param picturesPerSecond training pictures a second, data handling included
 * @param seconds of the whole epoch, validation included
 */
public record ClassifyEpoch(
    String phase,
    int epoch,
    double learningRate,
    double loss,
    double headGradientNorm,
    double encoderGradientNorm,
    double validationLoss,
    double accuracy,
    double picturesPerSecond,
    double seconds) {}
