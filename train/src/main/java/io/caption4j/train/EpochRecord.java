package io.caption4j.train;

/**
 * What an epoch gave: one line of the log.
 *
 * @param epoch from 1
 * @param learningRate at its end
 * @param loss mean negative log-likelihood a training token, in nats, with dropout
 * @param validationLoss the same on the validation captions, without dropout
 * @param perplexity exp of the validation loss
 * @param ciderD of greedy captions of the validation pictures
 * @param bleu4 of the same
 * @param distinct how many of these captions differ
 * @param tokensPerSecond training tokens a second, data handling included
 * @param seconds of the whole epoch, validation included
 */
public record EpochRecord(
    int epoch,
    double learningRate,
    double loss,
    double validationLoss,
    double perplexity,
    double ciderD,
    double bleu4,
    int distinct,
    double tokensPerSecond,
    double seconds) {}
