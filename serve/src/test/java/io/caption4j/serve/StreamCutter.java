package io.caption4j.serve;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before a server, hands everything on, and ends each stream of events too early. */
final class StreamCutter implements AutoCloseable {
  /** How a stream ends. */
  enum End {
    /** After the words the connection is gone. */
    LOST,
    /** After the words it ends as if it were whole. */
    WITHOUT_RESULT,
    /** It ends as if it were whole, but nothing was in it. */
    EMPTY
  }

  private final int server;
  private final End end;
  private final ServerSocket listener;

  StreamCutter(int server, End end) throws IOException {
    this.server = server;
    this.end = end;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(
        () -> {
          while (true) {
            Socket client = listener.accept();
            begin(() -> handOn(client));
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void begin(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One side has closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void handOn(Socket client) throws IOException {
    try (client;
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
      begin(() -> client.getInputStream().transferTo(behind.getOutputStream()));
      InputStream in = behind.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        String part = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
        if (part.contains("Content-Type: " + EventStream.TYPE)) {
          out.write(cut(part, in).getBytes(StandardCharsets.ISO_8859_1));
          return;
        }
        out.write(buffer, 0, n);
      }
    }
  }

  /** The first part of an answer in chunks. */
  private String cut(String begun, InputStream in) throws IOException {
    StringBuilder answer = new StringBuilder(begun);
    byte[] buffer = new byte[1 << 16];
    while (answer.indexOf("event: done") < 0) {
      int n = in.read(buffer);
      if (n < 0) {
        throw new EOFException();
      }
      answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
    }
    int event = answer.indexOf(end == End.EMPTY ? "event: word" : "event: result");
    if (end == End.LOST) {
      return answer.substring(0, event); // within a chunk
    }
    int size = answer.lastIndexOf("\r\n", event - 3) + 2; // a chunk has its size in a line before
    return answer.substring(0, size) + "0\r\n\r\n";
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
