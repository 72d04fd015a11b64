package io.caption4j.train;

import java.io.Serializable;

/**
 * What a replica came to.
 *
 * @param minibatches that it ran; 0 if its portion had none left
 * @param tokens predicted
 * @param lossSum of the tokens
 * @param normSum of the minibatches' gradient norms
 * @param parameters of its decoder
 * @param updater Adam's state
 */
public record ReplicaResult(
    int minibatches,
    long tokens,
    double lossSum,
    double normSum,
    float[] parameters,
    float[] updater)
    implements Serializable {}
