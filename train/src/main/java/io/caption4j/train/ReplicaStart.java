package io.caption4j.train;

import java.io.Serializable;

/**
 * Where replicas start from, and how far they go before they are averaged.
 *
 * @param round the round, from 1
 * @param first the minibatch of each portion to begin with, from 0
 * @param minibatches to run; a portion that has fewer left runs these
 * @param iteration of the run so far
 * @param parameters of the decoder, as DL4J lays them out
 * @param updater Adam's state, as DL4J lays it out
 */
public record ReplicaStart(
    int round, int first, int minibatches, int iteration, float[] parameters, float[] updater)
    implements Serializable {}
