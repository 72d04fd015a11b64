package io.caption4j.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer of server-sent events (WHATWG HTML, section 9.2): for each picture a {@code word} event
 * for each word of its best caption, then a {@code result} event as in JSON; in the end {@code
 * done}, or {@code error}.
 */
final class EventStream {
  static final String TYPE = "text/event-stream";

  /** A word as it is told. */
  private record WordEvent(int picture, int index, CaptionsAnswer.Word word) {}

  private final Context context;
  private OutputStream out; // null until the first event

  EventStream(Context context) {
    this.context = context;
  }

  /** Whether a client wants events rather than JSON. */
  static boolean wanted(Context context) {
    String accept = context.header("Accept");
    return accept != null && accept.contains(TYPE);
  }

  /** Whether an event was sent: from then on the status cannot change. */
  boolean begun() {
    return out != null;
  }

  /** Tells a picture's outcome. */
  void result(CaptionsAnswer.Result result) {
    if (result.captions() != null && !result.captions().isEmpty()) {
      List<CaptionsAnswer.Word> words = result.captions().get(0).words();
      for (int i = 0; i < words.size(); i++) {
        send("word", new WordEvent(result.picture(), i, words.get(i)));
      }
    }
    send("result", result);
  }

  /** Tells the end. */
  void done(int pictures) {
    send("done", java.util.Map.of("pictures", pictures));
  }

  /** Tells of a failure after the first event. */
  void error(ErrorBody body) {
    send("error", body);
  }

  private void send(String event, Object data) {
    byte[] json = Json.bytes(data); // in one line; before anything is sent, as it may fail
    try {
      if (out == null) {
        context.res().setContentType(TYPE);
        context.res().setHeader("X-Accel-Buffering", "no"); // else nginx would hold events back
        out = context.res().getOutputStream();
      }
      String head = "event: " + event + "\ndata: ";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(json);
      out.write("\n\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
