package io.caption4j.serve;

import java.time.Duration;

/**
 * How pictures wait and are captioned together.
 *
 * @param pending most pictures that are decoded, wait or are worked on; more are answered 503
 * @param batch most pictures captioned together
 * @param batchWait how long a picture waits for others that are on their way; alone it never does
 * @param workers batches worked on at the same time
 */
public record QueueSettings(int pending, int batch, Duration batchWait, int workers) {
  /** Checks the ranges. */
  public QueueSettings {
    Ranges.require(pending >= 1, "pending", "1 or more", pending);
    Ranges.require(batch >= 1, "batch", "1 or more", batch);
    Ranges.require(!batchWait.isNegative(), "batchWait", "0 or more", batchWait);
    Ranges.require(workers >= 1, "workers", "1 or more", workers);
  }
}
