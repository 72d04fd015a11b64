package io.caption4j.serve;

import io.caption4j.decoder.Search;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the service listens and what it allows.
 *
 * @param host the name or address to listen on
 * @param port 1 to 65535, or 0 for any that is free
 * @param tls if it answers by https, and then by nothing else
 * @param limits what a client may ask
 * @param queue how pictures wait
 * @param access who may use it
 * @param search how captions are looked for where a request does not say
 * @param cachedAnswers places for answers to pictures that come again, 0 for none; a large answer
 *     takes several
 * @param virtualThreads whether requests run in virtual threads where Java has them
 * @param stopDelay how long a stop answers "not ready" but serves still
 * @param stopTimeout how long a stop then waits for requests that have begun
 */
public record ServeSettings(
    String host,
    int port,
    Optional<TlsSettings> tls,
    RequestLimits limits,
    QueueSettings queue,
    AccessSettings access,
    Search search,
    int cachedAnswers,
    boolean virtualThreads,
    Duration stopDelay,
    Duration stopTimeout) {
  /** The widest beam that a request may ask for: its work grows with it. */
  static final int WIDEST_BEAM = 10;

  /** Checks the ranges. */
  public ServeSettings {
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(queue, "queue");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(search, "search");
    Ranges.require(!host.isBlank(), "host", "a name or an address", "nothing");
    Ranges.require(port >= 0 && port <= 65_535, "port", "0 to 65535", port);
    Ranges.require(cachedAnswers >= 0, "cachedAnswers", "0 or more", cachedAnswers);
    Ranges.require(!stopDelay.isNegative(), "stopDelay", "0 or more", stopDelay);
    Ranges.require(!stopTimeout.isNegative(), "stopTimeout", "0 or more", stopTimeout);
  }

  /**
   * The settings of their texts.
   *
   * @throws SettingException if one is out of its range; it names where it came from
   */
  public static ServeSettings of(SettingValues values) {
    return new SettingsReader(values).settings();
  }
}
