package io.caption4j.serve;

import io.caption4j.data.ImageException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong in a handler into a JSON answer with the right status. */
final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
  private static final int GONE = 499; // nginx's number for a client that did not wait
  private static final String PICTURE = "A whole JPEG, PNG, GIF, WebP, BMP or TIFF picture.";

  private ErrorAnswers() {}

  static void install(JavalinConfig config) {
    config.http.prefer405over404 = true;
    config.routes.exception(HttpResponseException.class, ErrorAnswers::routing);
    config.routes.exception(
        Exception.class,
        (e, context) -> {
          if (clientGone(e)) {
            context.status(GONE); // there is nobody to answer
            return;
          }
          if (e instanceof RequestException refused) {
            refused.headers().forEach(context::header);
          }
          answer(context, body(e, id(context)));
        });
    config.router.javaLangErrorHandler(ErrorAnswers::broken);
  }

  /** Whether a failure is that there is nobody to write to any more. */
  static boolean clientGone(Throwable failure) {
    return failure instanceof EofException || failure.getCause() instanceof EofException;
  }

  /** What a client is told of a failure; what nobody foresaw is logged and stays inside. */
  static ErrorBody body(Throwable failure, String id) {
    if (failure instanceof RequestException e) {
      return new ErrorBody(e.status(), e.getMessage(), e.expected(), id);
    }
    if (failure instanceof ImageException e) {
      boolean large = e.reason() == ImageException.Reason.TOO_LARGE;
      return new ErrorBody(
          large ? 413 : 400,
          e.getMessage(),
          large ? "A picture within the limits that the message names." : PICTURE,
          id);
    }
    LOG.error("Request failed, id {}", id, failure);
    return new ErrorBody(
        500,
        "Something failed inside the service. Its log has the details under id " + id + ".",
        "An answer; this is the service's fault, not the request's.",
        id);
  }

  /** The id of the request behind a context. */
  static String id(Context context) {
    return context.res().getHeader(RequestId.HEADER);
  }

  /** Javalin's own: no such path, no such method. */
  private static void routing(HttpResponseException e, Context context) {
    if (e instanceof MethodNotAllowedResponse) {
      // Javalin names the key after what the client accepts; there is only ever this one.
      String allowed = String.join(", ", e.getDetails().values());
      context.header("Allow", allowed);
      answer(context, 405, "This path does not take %s.".formatted(context.method()), allowed);
    } else if (e.getStatus() == 404) {
      answer(context, 404, "There is nothing at this path.", "A path that /openapi.json lists.");
    } else {
      answer(context, e.getStatus(), e.getMessage(), "A request as /openapi.json describes it.");
    }
  }

  private static void answer(Context context, int status, String message, String expected) {
    answer(context, new ErrorBody(status, message, expected, id(context)));
  }

  private static void answer(Context context, ErrorBody body) {
    RequestBody.discard(context.req());
    Json.answer(context, body.status(), body);
  }

  /** An out-of-memory or linkage error: Javalin hands over only the response. */
  private static void broken(HttpServletResponse response, Error error) {
    byte[] body = Json.bytes(body(error, response.getHeader(RequestId.HEADER)));
    try {
      response.setStatus(500);
      response.setContentType(Json.TYPE);
      response.getOutputStream().write(body);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The answer to a failed request could not be written", e);
    }
  }
}
