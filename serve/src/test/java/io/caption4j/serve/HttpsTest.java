package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.Caption4jException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate. */
@Timeout(300)
class HttpsTest {
  @TempDir Path folder;

  @Test
  void answersByHttpsAlone() throws Exception {
    Path keystore = keystore();
    ServeSettings https = Servers.with("tls-keystore=" + keystore, "tls-password=changeit");
    ColourCaptions captions = new ColourCaptions();
    try (CaptionServer server = new CaptionServer(captions, https)) {
      server.start();
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(keystore)) {
        trusted.load(in, "changeit".toCharArray());
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
      String address = "://localhost:" + server.port();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https" + address + "/v1/captions"))
              .POST(BodyPublishers.ofByteArray(Pictures.redJpeg()))
              .build();
      captions.hold();
      CompletableFuture<HttpResponse<String>> waits =
          http.sendAsync(request, BodyHandlers.ofString());
      captions.entered.await();
      Thread.sleep(400); // meanwhile the server looks whether the client is there
      captions.release();
      HttpResponse<String> answer = waits.join();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("a red picture");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
      HttpRequest plain =
          HttpRequest.newBuilder(URI.create("http" + address + "/health"))
              .timeout(Duration.ofSeconds(120))
              .build();
      assertThatThrownBy(() -> http.send(plain, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void saysThatAKeystoreIsOfNoUse() throws Exception {
    for (Path keystore : List.of(keystore(), folder.resolve("none"))) {
      ServeSettings https = Servers.with("tls-keystore=" + keystore, "tls-password=wrong");
      CaptionServer server = new CaptionServer(new ColourCaptions(), https);
      assertThatThrownBy(server::start)
          .isInstanceOf(Caption4jException.class)
          .hasMessageContaining(keystore.toString())
          .hasMessageContaining("PKCS #12");
      server.close();
    }
  }

  /** Made by the JDK's own tool, for localhost. */
  private Path keystore() throws Exception {
    Path file = folder.resolve("tls.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "a",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return file;
  }
}
