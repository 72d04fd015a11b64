package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upload takes no more memory than is taken of the upload memory. */
class UploadTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MEMORY = 100_000_000;
  private static final int BYTES = 5_000_000;
  private static final int SLACK = 200_000; // the last chunk, the list of them, and the like

  private final Upload upload = new Upload(Servers.SETTINGS.limits());
  private final UploadMemory memory = new UploadMemory(MEMORY);
  private long taken;

  /** A body that comes some bytes at a time. */
  private static HttpServletRequest request(String type, byte[] body, int each) {
    ByteArrayInputStream content = new ByteArrayInputStream(body);
    ServletInputStream in =
        new ServletInputStream() {
          @Override
          public int read() {
            return content.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return content.read(into, offset, Math.min(length, each));
          }

          @Override
          public boolean isFinished() {
            return content.available() == 0;
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
          }
        };
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            UploadTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> null;
                  case "getContentLengthLong" -> -1L;
                  case "getContentType" -> type;
                  case "getInputStream" -> in;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static byte[] random() {
    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Bytes that this thread allocates, the second time that it does something. */
  private long allocated(Consumer<UploadMemory.Share> work) {
    long allocated = 0;
    for (int i = 0; i < 2; i++) {
      try (UploadMemory.Share share = memory.share()) {
        long begin = THREADS.getCurrentThreadAllocatedBytes();
        work.accept(share);
        allocated = THREADS.getCurrentThreadAllocatedBytes() - begin;
        taken = MEMORY - memory.free();
      }
    }
    return allocated;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 8192})
  void aBodyTakesNoMoreThanIsCounted(int each) {
    byte[] body = random();
    long allocated =
        allocated(
            share ->
                assertThat(upload.body(request("image/png", body, each), share)).isEqualTo(body));
    assertThat(taken).isEqualTo(2L * BYTES);
    assertThat(allocated).isLessThan(taken + SLACK);
  }

  @Test
  void aFormsPictureIsCopiedOnce() {
    byte[] picture = random();
    byte[] form = Client.form("image", "x.png", "image/png", picture);
    long allocated =
        allocated(
            share ->
                assertThat(upload.field(request(Client.FORM, form, 8192), share))
                    .isEqualTo(picture));
    assertThat(taken).isEqualTo(2L * form.length);
    // The chunks are gone when the picture is cut out of the body.
    assertThat(allocated).isLessThan(taken + BYTES + SLACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data:image/jpeg;base64,"})
  void aPictureInJsonIsDecodedOutOfTheBody(String begin) {
    byte[] picture = random();
    String base64 = Base64.getEncoder().encodeToString(picture);
    byte[] json = ("{\"image\": \"" + begin + base64 + "\"}").getBytes(StandardCharsets.US_ASCII);
    long allocated =
        allocated(
            share ->
                assertThat(upload.field(request(Json.TYPE, json, 8192), share)).isEqualTo(picture));
    assertThat(taken).isEqualTo(2L * json.length);
    // The chunks, of which there are more bytes, are gone when the picture is decoded.
    assertThat(allocated).isLessThan(taken + BYTES + SLACK);
  }

  @Test
  void aCaptionThatIsTooLongTakesNothing() {
    byte[] form = Client.captioned("x".repeat(BYTES), Pictures.redJpeg());
    long allocated =
        allocated(
            share ->
                assertThat(upload.captioned(request(Client.FORM, form, 8192), share).caption())
                    .hasValueSatisfying(
                        read -> assertThat(read).hasSizeGreaterThan(AlignEndpoints.LONGEST)));
    assertThat(allocated).isLessThan(taken + SLACK);
  }
}
