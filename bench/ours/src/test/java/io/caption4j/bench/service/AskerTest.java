package io.caption4j.bench.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskerTest {
  @TempDir Path folder;

  @Test
  void aPatientClientStaysAwayAsLongAsItIsTold() throws Exception {
    assertThat(secondsAway("Retry-After: 2\r\n", true)).isBetween(2.0, 10.0);
    assertThat(secondsAway("Retry-After: 2\r\n", false)).isLessThan(2.0);
  }

  @Test
  void anAnswerWithoutRetryAfterSaysSo() throws Exception {
    assertThat(answer("").retryAfter()).isEqualTo(-1);
    assertThat(answer("retry-after:  7 \r\n").retryAfter()).isEqualTo(7);
  }

  private double secondsAway(String header, boolean patient) throws Exception {
    Files.write(folder.resolve("a.jpg"), new byte[10]);
    try (ServerSocket service = refusing(header)) {
      Asker asker =
          new Asker(address(service), new Uploads(folder), new Tally(), patient, id -> {});
      long begin = System.nanoTime();
      assertThat(asker.once()).isTrue();
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private static Connection.Answer answer(String header) throws IOException {
    try (ServerSocket service = refusing(header);
        Connection connection = Connection.to(address(service))) {
      return connection.exchange(new byte[1]);
    }
  }

  private static URI address(ServerSocket service) {
    return URI.create("http://127.0.0.1:" + service.getLocalPort());
  }

  /** A service that answers the first request with 503 and a header. */
  private static ServerSocket refusing(String header) throws IOException {
    ServerSocket service = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    CompletableFuture.runAsync(
        () -> {
          try (Socket client = service.accept()) {
            client.getInputStream().read();
            String answer = "HTTP/1.1 503 Busy\r\n" + header + "Content-Length: 0\r\n\r\n";
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            client.getInputStream().readAllBytes(); // until the client goes
          } catch (IOException e) {
            // The client's side of the test fails then.
          }
        });
    return service;
  }
}
