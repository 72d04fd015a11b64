package io.caption4j.serve;

import io.caption4j.decoder.Search;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * The interface of Apache Tika's image captioning server, so that Tika's own client gets captions
 * without Python. A picture comes as the body; none is fetched from an address.
 */
final class TikaEndpoints {
  private static final String BASE = "/inception/v3";
  private static final Parameter BEAM =
      Parameter.whole("beam_size", 1, ServeSettings.WIDEST_BEAM, "Beam, and most captions.");
  private static final Parameter LENGTH =
      Parameter.whole("max_caption_length", 1, 100, "Most words of a caption.");

  private final ServeSettings settings;
  private final CaptionService service;
  private final Intake intake;

  TikaEndpoints(CaptionService service, ServeSettings settings, Intake intake) {
    this.service = service;
    this.settings = settings;
    this.intake = intake;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(BASE + "/ping", "Whether it runs, for Apache Tika", TikaEndpoints::ping)
            .answers(200, "text/plain", String.class),
        caption("/captions", "Captions of a picture, as Apache Tika's server names them"),
        caption("/caption/image", "Captions of a picture, where Apache Tika's client asks"));
  }

  private Endpoint caption(String path, String summary) {
    return Endpoint.post(BASE + path, summary, this::captions)
        .query(BEAM, LENGTH)
        .takes(Endpoint.Body.PICTURE)
        .answers(TikaCaptions.class);
  }

  private static void ping(Context context) {
    context.contentType("text/plain").result("pong");
  }

  private void captions(Context context) {
    Search usual = settings.search();
    int beam = BEAM.wholeOf(context).orElse(usual.beam());
    int length = LENGTH.wholeOf(context).orElse(usual.maxLength());
    Search search =
        Search.beam(beam)
            .withTop(beam)
            .withMaxLength(length)
            .withLengthPenalty(usual.lengthPenalty());
    long begin = ServletContextRequest.getServletContextRequest(context.req()).getBeginNanoTime();
    long[] read = new long[1];
    List<ServedCaption> captions =
        intake.one(
            context,
            (upload, memory) -> {
              byte[] picture = upload.picture(context.req(), memory);
              read[0] = System.nanoTime();
              return picture;
            },
            new CaptionsTask(service, CaptionOptions.of(search)));
    TikaCaptions.Time time =
        new TikaCaptions.Time(
            TimeUnit.NANOSECONDS.toMillis(read[0] - begin),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - read[0]),
            "ms");
    Json.answer(
        context,
        200,
        new TikaCaptions(
            beam,
            length,
            captions.stream()
                .map(ServedCaption::caption)
                .map(c -> new TikaCaptions.TikaCaption(c.text(), Math.exp(c.logProbability())))
                .toList(),
            time));
  }
}
