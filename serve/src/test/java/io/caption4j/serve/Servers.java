package io.caption4j.serve;

import java.time.Duration;

/** Settings of servers under test: any free port, no lines on stderr. */
final class Servers {
  static final ServeSettings SETTINGS =
      ServeSettings.defaults()
          .withAddress("127.0.0.1", 0)
          .withAccess(AccessSettings.OPEN)
          .withStop(Duration.ZERO, Duration.ofSeconds(30));

  private Servers() {}

  /** The default limits with other times. */
  static RequestLimits limits(Duration bodyTimeout, Duration deadline) {
    RequestLimits usual = SETTINGS.limits();
    return new RequestLimits(
        usual.requestBytes(),
        usual.image(),
        usual.pictures(),
        usual.uploadMemory(),
        usual.connections(),
        bodyTimeout,
        deadline);
  }
}
