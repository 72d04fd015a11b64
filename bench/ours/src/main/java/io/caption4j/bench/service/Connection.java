package io.caption4j.bench.service;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A connection to the service that is kept for many requests, as plain as a client can be: it runs
 * on the service's own cores and shall take little of them.
 */
final class Connection implements AutoCloseable {
  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body whole, without its framing
   * @param last whether the service wants the connection closed
   * @param retryAfter seconds to stay away, by its Retry-After; -1 if it does not say
   */
  record Answer(int status, String body, boolean last, int retryAfter) {}

  private static final int PATIENCE_MILLIS = 120_000; // a service that hangs is found
  private static final int LONGEST_LINE = 16_384;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int answers; // whole ones
  private boolean begun; // an answer that is not whole yet

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connects; the service is on this machine, or nothing is done. */
  static Connection to(URI service) throws IOException {
    InetAddress address = InetAddress.getByName(service.getHost());
    if (!address.isLoopbackAddress()) {
      throw new IllegalArgumentException("Load is for this machine's own service, not " + service);
    }
    return new Connection(new Socket(address, service.getPort()));
  }

  /** Sends bytes as they are. */
  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a request and waits for its whole answer. */
  Answer exchange(byte[] request) throws IOException {
    try {
      send(request);
    } catch (SocketException e) {
      // A service may answer before it has read all, and close; the answer is there still.
      return receive();
    }
    return receive();
  }

  /** Waits for a whole answer. */
  Answer receive() throws IOException {
    begun = false;
    String status = line();
    begun = true;
    if (!status.matches("HTTP/1\\.1 [0-9]{3}.*")) {
      throw new IOException("No status line: " + status);
    }
    long length = -1;
    boolean chunked = false;
    boolean last = false;
    int retryAfter = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      if (lower.startsWith("retry-after:")) {
        retryAfter = Integer.parseInt(lower.substring(12).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      last |= lower.startsWith("connection:") && lower.contains("close");
    }
    byte[] body = chunked ? chunks() : length >= 0 ? exactly(length) : in.readAllBytes();
    answers++;
    begun = false;
    return new Answer(
        Integer.parseInt(status.substring(9, 12)),
        new String(body, StandardCharsets.UTF_8),
        last,
        retryAfter);
  }

  private byte[] chunks() throws IOException {
    java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
    for (int size = size(); size > 0; size = size()) {
      body.writeBytes(exactly(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";")[0].strip(), 16);
  }

  private byte[] exactly(long length) throws IOException {
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("The answer broke off.");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LONGEST_LINE) {
        throw new EOFException("The answer broke off.");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** Whether an answer, or its beginning, has come. */
  boolean answered() throws IOException {
    return in.available() > 0;
  }

  /** What became of a connection that broke; only the first is the service's fault. */
  String fate() {
    return begun
        ? "broken within an answer"
        : answers > 0 ? "closed between requests" : "closed before they were taken";
  }

  /** Breaks the connection off with a reset, as a client that crashes. */
  void kill() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
