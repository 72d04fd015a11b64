package io.caption4j.cli;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import io.caption4j.serve.CaptionServer;
import io.caption4j.serve.CaptionService;
import io.caption4j.serve.ServeSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j serve}: captions over HTTP. */
@Command(
    name = "serve",
    header = "Answers captions over HTTP.",
    description =
        "Answers captions over HTTP, as IBM's MAX Image Caption Generator does, until it is stopped"
            + " (Ctrl+C or SIGTERM). Prints its address once it listens.",
    footer = {
      "  caption4j serve",
      "  curl -F image=@samples/bear.jpg http://127.0.0.1:5000/model/predict"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_ANSWERED = 3; // as MAX
  private static final int MEGABYTE = 1_000_000;

  private static final Pixels TINY = new Pixels(1, 1, new byte[3]);

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "127.0.0.1",
      description =
          "Where to listen. Default: ${DEFAULT-VALUE}, this machine alone; 0.0.0.0 is everywhere.")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "5000",
      description = "The port, 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--max-request",
      paramLabel = "MB",
      defaultValue = "16",
      description = "The largest request in megabytes, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int maxRequest;

  @Mixin private EngineOption engine;
  @Mixin private SearchOptions search;

  @Mixin private CommonOptions common;

  @Override
  public Integer call() throws InterruptedException {
    Console console = new Console(spec.commandLine());
    Require.range(spec, "--port", port, 0, 65_535);
    Require.range(spec, "--max-request", maxRequest, 1, 1000);
    Require.that(spec, !host.isBlank(), "--host must be a name or an address, found nothing.");
    Search wanted = search.search(spec, 1);
    ServeSettings settings =
        ServeSettings.builder()
            .host(host)
            .port(port)
            .maxRequestBytes(maxRequest * MEGABYTE)
            .search(wanted.withTop(Math.min(MOST_ANSWERED, wanted.beam())))
            .build();
    try (Captioner captioner = model.captioner(engine.engine());
        CaptionServer server = new CaptionServer(CaptionService.of(captioner), settings)) {
      captioner.caption(TINY, settings.search()); // else the first request would wait seconds
      server.start();
      Thread stopper = new Thread(server::close, "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      console.result("http://%s:%d/".formatted(inAddress(host), server.port()));
      console.message("listening; Ctrl+C stops it.");
      server.awaitClose();
    }
    return ExitCode.OK;
  }

  /** IPv6 addresses stand in brackets. */
  private static String inAddress(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
