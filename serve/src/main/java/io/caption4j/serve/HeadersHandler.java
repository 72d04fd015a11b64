package io.caption4j.serve;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives every answer its request id and the headers that keep browsers careful. */
final class HeadersHandler extends Handler.Wrapper {
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final boolean https;
  private final BooleanSupplier stopping;

  /**
   * Makes one.
   *
   * @param https whether this is a server that answers by https alone
   * @param stopping whether clients shall not use their connections again
   */
  HeadersHandler(boolean https, BooleanSupplier stopping) {
    this.https = https;
    this.stopping = stopping;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    put(response.getHeaders(), RequestId.of(request), https);
    if (stopping.getAsBoolean()) {
      // Else a client might send its next request just when the connection is closed.
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    return super.handle(request, response, callback);
  }

  /** A page loosens the policy and the caching for itself. */
  static void put(HttpFields.Mutable headers, String id, boolean https) {
    headers.put(RequestId.HEADER, id);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Content-Security-Policy", NOTHING);
    headers.put("Cache-Control", "no-store");
    if (https) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
