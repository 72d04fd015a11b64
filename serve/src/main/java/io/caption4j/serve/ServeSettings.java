package io.caption4j.serve;

import io.caption4j.data.ImageLimits;
import io.caption4j.decoder.Search;
import java.time.Duration;
import java.util.Objects;

/**
 * How the service listens and what it allows.
 *
 * @param host the name or address to listen on
 * @param port 1 to 65535, or 0 for any that is free
 * @param maxRequestBytes the largest request body, multipart framing included, 1 to 1 GB
 * @param imageLimits how large an uploaded picture may be
 * @param search how captions are looked for; its {@code top} is how many are answered
 * @param maxConcurrent pictures decoded and captioned at the same time, at least 1
 * @param maxWaiting requests that may wait for those, at least 0; more are answered 503
 * @param maxWait the longest that a request waits before it is answered 503
 * @param stopTimeout how long a stop waits for requests that have begun
 */
public record ServeSettings(
    String host,
    int port,
    int maxRequestBytes,
    ImageLimits imageLimits,
    Search search,
    int maxConcurrent,
    int maxWaiting,
    Duration maxWait,
    Duration stopTimeout) {
  /** Checks the ranges. */
  public ServeSettings {
    Objects.requireNonNull(imageLimits, "imageLimits");
    Objects.requireNonNull(search, "search");
    require(!host.isBlank(), "host", "a name or an address", "nothing");
    require(port >= 0 && port <= 65_535, "port", "0 to 65535", port);
    require(
        maxRequestBytes >= 1 && maxRequestBytes <= 1_000_000_000,
        "maxRequestBytes",
        "1 to 1,000,000,000",
        maxRequestBytes);
    require(maxConcurrent >= 1, "maxConcurrent", "1 or more", maxConcurrent);
    require(maxWaiting >= 0, "maxWaiting", "0 or more", maxWaiting);
    require(!maxWait.isNegative(), "maxWait", "0 or more", maxWait);
    require(!stopTimeout.isNegative(), "stopTimeout", "0 or more", stopTimeout);
  }

  /** The defaults, to be changed one by one. */
  public static Builder builder() {
    return new Builder();
  }

  private static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s must be %s, found %s.".formatted(name, expected, found));
    }
  }

  /** Collects settings; what is not set keeps its default. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port = 5000; // MAX's
    private int maxRequestBytes = 16_000_000;
    private ImageLimits imageLimits = new ImageLimits(16_000_000, 50_000_000); // as imgproxy
    private Search search = Search.beam(3).withTop(3); // as MAX
    private int maxConcurrent = 2;
    private int maxWaiting = 32;
    private Duration maxWait = Duration.ofSeconds(30);
    private Duration stopTimeout = Duration.ofSeconds(30);

    private Builder() {}

    /** The name or address to listen on; default 127.0.0.1, this machine alone. */
    public Builder host(String newHost) {
      host = Objects.requireNonNull(newHost, "host");
      return this;
    }

    /** The port, 0 for any that is free; default 5000. */
    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    /** The largest request body; default 16 MB. */
    public Builder maxRequestBytes(int bytes) {
      maxRequestBytes = bytes;
      return this;
    }

    /** How large a picture may be; default 16 MB and 50 megapixels. */
    public Builder imageLimits(ImageLimits limits) {
      imageLimits = limits;
      return this;
    }

    /** How captions are looked for; default a beam of 3 and its 3 captions. */
    public Builder search(Search newSearch) {
      search = newSearch;
      return this;
    }

    /** Pictures worked on at the same time; default 2. */
    public Builder maxConcurrent(int pictures) {
      maxConcurrent = pictures;
      return this;
    }

    /** Requests that may wait; default 32. */
    public Builder maxWaiting(int requests) {
      maxWaiting = requests;
      return this;
    }

    /** The longest wait; default 30 seconds. */
    public Builder maxWait(Duration wait) {
      maxWait = wait;
      return this;
    }

    /** How long a stop waits for requests that have begun; default 30 seconds. */
    public Builder stopTimeout(Duration timeout) {
      stopTimeout = timeout;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public ServeSettings build() {
      return new ServeSettings(
          host,
          port,
          maxRequestBytes,
          imageLimits,
          search,
          maxConcurrent,
          maxWaiting,
          maxWait,
          stopTimeout);
    }
  }
}
