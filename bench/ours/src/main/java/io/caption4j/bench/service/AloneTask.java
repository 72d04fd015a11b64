package io.caption4j.bench.service;

import io.caption4j.bench.Output;
import io.caption4j.bench.Stopwatch;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One picture alone: over HTTP and by the library, in turn, the same bytes for both and none twice.
 */
public final class AloneTask {
  private static final Search SEARCH = Search.beam(Search.DEFAULT_BEAM); // the service's too

  private AloneTask() {}

  /**
   * Runs it.
   *
   * @param arguments address and folder of JPEG files
   */
  public static void run(Stopwatch watch, List<String> arguments) {
    Uploads uploads = new Uploads(Path.of(arguments.get(1)));
    List<Double> http = new ArrayList<>(); // milliseconds
    List<Double> library = new ArrayList<>();
    try (Captioner captioner = Captioner.bundled();
        Connection connection = Connection.to(URI.create(arguments.get(0)))) {
      long warm = System.nanoTime() + Math.round(1e9 * watch.warmUp());
      long end = warm + Math.round(1e9 * watch.measured());
      while (System.nanoTime() < end) {
        boolean counts = System.nanoTime() >= warm;
        byte[] picture = uploads.next();
        long begin = System.nanoTime();
        String caption = captioner.caption(picture, SEARCH).get(0).text();
        long between = System.nanoTime();
        Connection.Answer answer =
            connection.exchange(Requests.post("/v1/captions?top=1", Requests.BYTES, picture));
        long after = System.nanoTime();
        if (answer.status() != 200 || !answer.body().contains("\"text\":\"" + caption + "\"")) {
          throw new IllegalStateException(
              "The library says '%s', the service %s".formatted(caption, answer));
        }
        if (counts) {
          library.add((between - begin) / 1e6);
          http.add((after - between) / 1e6);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Output.result("http", median(http), "ms");
    Output.result("library", median(library), "ms");
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.isEmpty() ? Double.NaN : values.get(values.size() / 2);
  }
}
