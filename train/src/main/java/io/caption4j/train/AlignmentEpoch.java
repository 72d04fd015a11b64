package io.caption4j.train;

import io.caption4j.evaluate.Retrieval;

/**
 * What an epoch of an alignment model's training gave: one line of the log.
 *
 * @param epoch from 1
 * @param learningRate at its end
 * @param loss mean ranking loss of its minibatches
 * @param gradientNorm mean L2 norm of the gradient, before clipping
 * @param retrieval on the validation split
 * @param pairsPerSecond pairs trained on a second, data handling included
 * @param seconds of the whole epoch, validation included
 */
public record AlignmentEpoch(
    int epoch,
    double learningRate,
    double loss,
    double gradientNorm,
    Retrieval retrieval,
    double pairsPerSecond,
    double seconds) {}
