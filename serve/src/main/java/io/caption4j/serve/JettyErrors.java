package io.caption4j.serve;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** JSON in place of Jetty's pages for what never reaches a handler, such as a broken header. */
final class JettyErrors extends ErrorHandler {
  private final boolean https;

  JettyErrors(boolean https) {
    this.https = https;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      String message,
      Throwable cause,
      Callback callback) {
    String id = RequestId.of(request);
    HeadersHandler.put(response.getHeaders(), id, https);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Json.TYPE);
    if (code == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    response.write(true, ByteBuffer.wrap(Json.bytes(body(code, id))), callback);
  }

  private static ErrorBody body(int status, String id) {
    String expected =
        switch (status) {
          case 503 -> "The same request again, a second from now: the service is stopping.";
          case 408 -> "The whole request without long pauses.";
          default -> "A request as HTTP/1.1 (RFC 9112) has it, with headers of 8 KB at most.";
        };
    return new ErrorBody(status, HttpStatus.getMessage(status) + ".", expected, id);
  }
}
