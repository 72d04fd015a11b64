package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What those who run the service look at. */
final class OperationsEndpoints {
  /** The answer of a service that is well. */
  @Doc("How the service is.")
  record Health(@Doc("Always ok.") String status) {
    static final Health OK = new Health("ok");
  }

  private final BooleanSupplier ready;
  private final Metrics metrics;

  OperationsEndpoints(BooleanSupplier ready, Metrics metrics) {
    this.ready = ready;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/health", "The same as /health/live", OperationsEndpoints::live)
            .answers(Health.class)
            .open(),
        Endpoint.get("/health/live", "Whether the process runs", OperationsEndpoints::live)
            .answers(Health.class)
            .open(),
        Endpoint.get("/health/ready", "Whether it takes requests; not while it stops", this::ready)
            .answers(Health.class)
            .open(),
        Endpoint.get("/metrics", "What it counts, in Prometheus' text format", this::metrics)
            .answers(200, "text/plain", String.class));
  }

  private static void live(Context context) {
    Json.answer(context, 200, Health.OK);
  }

  private void ready(Context context) {
    if (!ready.getAsBoolean()) {
      throw RequestException.busy("The service is stopping.");
    }
    live(context);
  }

  private void metrics(Context context) {
    context.contentType(Metrics.TYPE).result(metrics.scrape());
  }
}
