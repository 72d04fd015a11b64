package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** What every endpoint does that captions: read the upload within its memory, then caption it. */
final class Captioning {
  /** Takes pictures out of a request. */
  interface Reader<T> {
    T read(Upload upload, UploadMemory.Share memory);
  }

  private final CaptionDesk desk;
  private final ServeSettings settings;
  private final UploadMemory memory;
  private final Upload upload;
  private final Metrics metrics;

  Captioning(CaptionDesk desk, ServeSettings settings, UploadMemory memory, Metrics metrics) {
    this.desk = desk;
    this.settings = settings;
    this.memory = memory;
    this.upload = new Upload(settings.limits());
    this.metrics = metrics;
  }

  /** Captions of a request's one picture. */
  List<ServedCaption> one(Context context, Reader<byte[]> reader, CaptionOptions options) {
    List<CaptionDesk.Outcome> outcomes = new ArrayList<>();
    all(context, (u, m) -> List.of(reader.read(u, m)), options, outcomes::add);
    return outcomes.get(0).orThrow();
  }

  /**
   * Captions of a request's pictures.
   *
   * @param listener hears of each in their order
   * @return how many there were
   */
  int all(
      Context context,
      Reader<List<byte[]>> reader,
      CaptionOptions options,
      Consumer<CaptionDesk.Outcome> listener) {
    try (UploadMemory.Share share = memory.share()) {
      List<byte[]> pictures = reader.read(upload, share);
      ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
      ClientConnection client = new ClientConnection(request, request.getServletContextResponse());
      Patience patience = new Patience(settings.limits().deadline(), client::gone, metrics);
      desk.caption(pictures, options, patience, listener);
      return pictures.size();
    }
  }
}
