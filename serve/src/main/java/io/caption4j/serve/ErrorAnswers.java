package io.caption4j.serve;

import io.caption4j.data.ImageException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong in a handler into a JSON answer with the right status. */
final class ErrorAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

  private ErrorAnswers() {}

  static void install(JavalinConfig config) {
    config.http.prefer405over404 = true;
    config.routes.exception(RequestException.class, ErrorAnswers::refused);
    config.routes.exception(
        ImageException.class, (e, context) -> answer(context, status(e.reason()), e.getMessage()));
    config.routes.exception(HttpResponseException.class, ErrorAnswers::routing);
    config.routes.exception(Exception.class, (e, context) -> answer(context, 500, unexpected(e)));
    config.router.javaLangErrorHandler(ErrorAnswers::broken);
  }

  private static void refused(RequestException e, Context context) {
    e.headers().forEach(context::header);
    answer(context, e.status(), e.getMessage());
  }

  /** Javalin's own: no such path, no such method. */
  private static void routing(HttpResponseException e, Context context) {
    if (e instanceof MethodNotAllowedResponse) {
      // Javalin names the key after what the client accepts; there is only ever this one.
      String allowed = String.join(", ", e.getDetails().values());
      context.header("Allow", allowed);
      answer(
          context,
          405,
          "This path does not take %s; expected %s.".formatted(context.method(), allowed));
    } else if (e.getStatus() == 404) {
      answer(context, 404, "There is nothing at this path.");
    } else {
      answer(context, e.getStatus(), e.getMessage());
    }
  }

  private static void answer(Context context, int status, String message) {
    RequestBody.discard(context.req());
    context.status(status).contentType(Json.TYPE).result(Json.error(status, message));
  }

  private static int status(ImageException.Reason reason) {
    return reason == ImageException.Reason.TOO_LARGE ? 413 : 400;
  }

  /** An out-of-memory or linkage error: Javalin hands over only the response. */
  private static void broken(HttpServletResponse response, Error error) {
    byte[] body = Json.error(500, unexpected(error));
    try {
      response.setStatus(500);
      response.setContentType(Json.TYPE);
      response.getOutputStream().write(body);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("The answer to a failed request could not be written", e);
    }
  }

  /** Logs what happened under an id; the client gets the id alone. */
  private static String unexpected(Throwable failure) {
    String id = UUID.randomUUID().toString();
    LOG.error("Request failed, id {}", id, failure);
    return "Something failed inside the service. Its log has the details under id " + id + ".";
  }
}
