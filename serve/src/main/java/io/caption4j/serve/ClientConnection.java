package io.caption4j.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * Tells whether the client of a request is still there. Jetty notices only by reading, which nobody
 * does between a request's end and its answer.
 */
final class ClientConnection {
  private final EndPoint endPoint;
  private final Response response;
  private boolean unknown;

  /** The connection of a request whose body has been read to its end. */
  ClientConnection(Request request, Response response) {
    this.endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    this.response = response;
  }

  /** Whether the client has closed the connection; asked by the request's own thread. */
  boolean gone() {
    if (unknown) {
      return false;
    }
    ByteBuffer next =
        ByteBuffer.allocate(1).limit(0); // filled as Jetty's buffers are, from their limit
    try {
      int read = endPoint.fill(next);
      if (read > 0) {
        // The next request has come early, and its first byte is lost to it: the client must send
        // it anew on another connection, as RFC 9112, section 9.3.2, expects of clients.
        unknown = true;
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      }
      return read < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
