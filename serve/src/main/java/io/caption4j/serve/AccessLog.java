package io.caption4j.serve;

import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/**
 * Counts every request, and tells of it in a line of JSON if asked to. Nothing of the client is in
 * it: no address, no query, no header but a harmless request id, and no path but the service's own.
 */
final class AccessLog implements RequestLog {
  private final Set<String> paths;
  private final Metrics metrics;
  private final PrintStream out;

  /**
   * Makes one.
   *
   * @param paths the service's own
   * @param out where lines go, null for nowhere
   */
  AccessLog(Set<String> paths, Metrics metrics, PrintStream out) {
    this.paths = paths;
    this.metrics = metrics;
    this.out = out;
  }

  @Override
  public void log(Request request, Response response) {
    long nanos = System.nanoTime() - request.getBeginNanoTime();
    String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
    String known = known(path);
    String method = Methods.known(request.getMethod());
    metrics.request(method, known, response.getStatus(), nanos);
    if (out != null) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("time", Instant.ofEpochMilli(Request.getTimeStamp(request)).toString());
      line.put("id", RequestId.of(request));
      line.put("method", method);
      line.put("path", known);
      line.put("status", response.getStatus());
      line.put("bytes_in", Request.getContentBytesRead(request));
      line.put("bytes_out", Response.getContentBytesWritten(response));
      line.put("ms", Math.round(nanos / 1e4) / 100.0);
      out.println(new String(Json.bytes(line), java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** The service's own path that a request's is, without what a client may put into it. */
  private String known(String path) {
    if (path == null) {
      return "other";
    }
    String picture = SearchEndpoints.IMAGES + "{id}";
    String own = path.startsWith(SearchEndpoints.IMAGES) ? picture : path;
    return paths.contains(own) ? own : "other";
  }

  /** Methods as HTTP names them; a client may invent others. */
  private static final class Methods {
    private static final Set<String> KNOWN =
        Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    static String known(String method) {
      return method != null && KNOWN.contains(method) ? method : "other";
    }
  }
}
