package io.caption4j.train;

import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.Standardisation;
import java.io.Serializable;

/**
 * What all replicas of a run have in common.
 *
 * @param run tells runs apart that share a machine
 * @param hyperparameters of the run
 * @param decoder kind and sizes
 * @param pooled standardisation of pooled features
 * @param grid of regions; null for a decoder that looks at none
 * @param rowLength floats of a picture's features
 * @param batchSize captions in a replica's minibatch
 * @param rate by step
 */
public record ReplicaPlan(
    String run,
    Hyperparameters hyperparameters,
    DecoderSettings decoder,
    Standardisation pooled,
    Standardisation grid,
    int rowLength,
    int batchSize,
    CosineSchedule rate)
    implements Serializable {}
