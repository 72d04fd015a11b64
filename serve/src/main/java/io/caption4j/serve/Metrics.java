package io.caption4j.serve;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What the service counts and measures, in Prometheus' text format. */
final class Metrics {
  /** The format's media type. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final DistributionSummary batches =
      DistributionSummary.builder("caption4j.batch.pictures")
          .description("Pictures worked on together")
          .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
          .register(registry);
  private final Timer captioning =
      Timer.builder("caption4j.captioning")
          .description("Time of a batch in the model")
          .register(registry);
  private final Timer decoding =
      Timer.builder("caption4j.decoding")
          .description("Time to decode and shrink a picture")
          .register(registry);

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Shows numbers as they are when they are asked for. */
  void gauges(IntSupplier pending, LongSupplier freeUploadMemory) {
    Gauge.builder("caption4j.pending.pictures", pending::getAsInt)
        .description("Pictures being decoded, waiting or worked on")
        .register(registry);
    Gauge.builder("caption4j.upload.memory.free.bytes", freeUploadMemory::getAsLong)
        .description("What uploads may still take")
        .register(registry);
  }

  /** A request that has been answered; {@code path} is one of the service's own. */
  void request(String method, String path, int status, long nanos) {
    Timer.builder("caption4j.requests")
        .description("Time from a request's first byte to its answer's last")
        .tags("method", method, "path", path, "status", Integer.toString(status))
        .serviceLevelObjectives(
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A batch that the model has answered. */
  void batch(int pictures, long time, TimeUnit unit) {
    batches.record(pictures);
    captioning.record(time, unit);
  }

  /** A picture that was decoded, or refused in the attempt. */
  void decoded(long nanos) {
    decoding.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A look into the cache of answers. */
  void cache(boolean hit) {
    registry.counter("caption4j.cache", "result", hit ? "hit" : "miss").increment();
  }

  /** A request that was given up, by reason. */
  void dropped(String reason) {
    registry.counter("caption4j.dropped", "reason", reason).increment();
  }

  /** All of it. */
  String scrape() {
    return registry.scrape();
  }
}
