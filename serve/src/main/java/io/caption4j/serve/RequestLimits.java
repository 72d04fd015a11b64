package io.caption4j.serve;

import io.caption4j.data.ImageLimits;
import java.time.Duration;

/**
 * What a client may ask of the service.
 *
 * @param requestBytes the largest request body, multipart framing included, 1 to 1 GB
 * @param image how large an uploaded picture may be
 * @param pictures most pictures of one request, at least 1
 * @param uploadMemory bytes that all uploads under way may take together
 * @param connections at the same time, at least 1
 * @param bodyTimeout within which a body must have come
 * @param deadline within which a request whose body has come is answered
 */
public record RequestLimits(
    int requestBytes,
    ImageLimits image,
    int pictures,
    long uploadMemory,
    int connections,
    Duration bodyTimeout,
    Duration deadline) {
  /** Checks the ranges. */
  public RequestLimits {
    Ranges.require(
        requestBytes >= 1 && requestBytes <= 1_000_000_000,
        "requestBytes",
        "1 to 1,000,000,000",
        requestBytes);
    Ranges.require(pictures >= 1, "pictures", "1 or more", pictures);
    // A body and the pictures cut out of it are in memory together.
    Ranges.require(
        uploadMemory >= 2L * requestBytes,
        "uploadMemory",
        "at least twice requestBytes (%d)".formatted(2L * requestBytes),
        uploadMemory);
    Ranges.require(connections >= 1, "connections", "1 or more", connections);
    Ranges.require(Ranges.positive(bodyTimeout), "bodyTimeout", "more than 0", bodyTimeout);
    Ranges.require(Ranges.positive(deadline), "deadline", "more than 0", deadline);
  }
}
