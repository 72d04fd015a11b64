package io.caption4j.serve;

import io.caption4j.data.ImageLimits;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the texts of settings into what they mean. */
final class SettingsReader {
  private final SettingValues values;

  SettingsReader(SettingValues values) {
    this.values = values;
  }

  ServeSettings settings() {
    String host = values.text(Setting.HOST);
    if (host.isEmpty()) {
      throw values.wrong(Setting.HOST, "a name or an address");
    }
    return new ServeSettings(
        host,
        values.whole(Setting.PORT, 0, 65_535),
        tls(),
        limits(),
        new QueueSettings(
            values.whole(Setting.QUEUE, 1, 100_000),
            values.whole(Setting.BATCH, 1, 128),
            Duration.ofMillis(values.whole(Setting.BATCH_WAIT, 0, 1000)),
            values.whole(Setting.WORKERS, 1, 64)),
        access(),
        search(),
        values.whole(Setting.CACHE, 0, 1_000_000),
        values.oneOf(Setting.VIRTUAL_THREADS, "auto", "off").equals("auto"),
        seconds(Setting.STOP_DELAY, 0),
        seconds(Setting.STOP_TIMEOUT, 0));
  }

  private Optional<TlsSettings> tls() {
    String keystore = values.text(Setting.TLS_KEYSTORE);
    return keystore.isEmpty()
        ? Optional.empty()
        : Optional.of(new TlsSettings(Path.of(keystore), values.text(Setting.TLS_PASSWORD)));
  }

  private RequestLimits limits() {
    int request = megabytes(Setting.MAX_REQUEST);
    int memory = values.whole(Setting.UPLOAD_MEMORY, 1, 1_000_000);
    return checked(
        Setting.UPLOAD_MEMORY,
        "at least twice max-request",
        () ->
            new RequestLimits(
                request,
                new ImageLimits(
                    megabytes(Setting.MAX_PICTURE),
                    1_000_000L * values.whole(Setting.MAX_PIXELS, 1, 700)),
                // More than there are places could never be answered.
                Math.min(
                    values.whole(Setting.MAX_PICTURES, 1, 1000),
                    values.whole(Setting.QUEUE, 1, 100_000)),
                1_000_000L * memory,
                values.whole(Setting.MAX_CONNECTIONS, 1, 100_000),
                seconds(Setting.BODY_TIMEOUT, 1),
                seconds(Setting.DEADLINE, 0.001)));
  }

  private AccessSettings access() {
    List<String> origins =
        List.of(values.text(Setting.CORS).split(",")).stream()
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .toList();
    boolean log = values.oneOf(Setting.ACCESS_LOG, "on", "off").equals("on");
    return checked(
        Setting.CORS,
        "origins such as https://example.org, comma-separated",
        () -> new AccessSettings(origins, values.text(Setting.API_KEY), log));
  }

  private Search search() {
    int beam = values.whole(Setting.BEAM, 1, ServeSettings.WIDEST_BEAM);
    return Search.beam(beam)
        .withTop(Math.min(3, beam)) // as MAX
        .withMaxLength(values.whole(Setting.MAX_LENGTH, 1, 100))
        .withLengthPenalty(values.number(Setting.LENGTH_PENALTY, 0, 2));
  }

  private int megabytes(Setting setting) {
    return 1_000_000 * values.whole(setting, 1, 1000);
  }

  private Duration seconds(Setting setting, double least) {
    return Duration.ofMillis(Math.round(1000 * values.number(setting, least, 3600)));
  }

  /** Names the setting of a check that a record makes. */
  private <T> T checked(Setting setting, String expected, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw values.wrong(setting, expected);
    }
  }
}
