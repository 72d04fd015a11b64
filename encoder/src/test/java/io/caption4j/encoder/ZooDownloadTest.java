package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.Adler32;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class ZooDownloadTest {
  private static final int LENGTH = 300_000;

  @TempDir private Path folder;
  private final byte[] content = new byte[LENGTH];
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(3).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/whole/", exchange -> send(exchange, LENGTH));
    server.createContext("/half/", exchange -> send(exchange, LENGTH / 2));
    server.createContext("/silent/", this::stall);
    server.createContext("/none/", exchange -> answer(exchange, 404));
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void downloadsAndTellsHowFarItIs() throws IOException {
    List<Long> done = new ArrayList<>();
    download("whole", checksum(), (task, n, total, detail) -> done.add(n));
    assertThat(folder.resolve("sub/weights.zip")).hasBinaryContent(content);
    assertThat(folder.resolve("sub/weights.zip.part")).doesNotExist();
    assertThat(done).isSorted().endsWith((long) LENGTH);
  }

  @Test
  void goesOnWhereItWasCut() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("sub/weights.zip.part"), Arrays.copyOf(content, 1000));
    download("half", checksum(), Progress.NONE); // the server sends half a file at a time
    assertThat(folder.resolve("sub/weights.zip")).hasBinaryContent(content);
    assertThat(ranges).startsWith("bytes=1000-").hasSizeGreaterThan(1);
  }

  @Test
  void refusesAnotherChecksumAndBeginsAnew() throws IOException {
    assertThatThrownBy(() -> download("whole", 1, Progress.NONE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("checksum")
        .hasMessageContaining("--encoder-weights");
    assertThat(folder.resolve("sub/weights.zip")).doesNotExist();
    download("whole", checksum(), Progress.NONE);
    assertThat(folder.resolve("sub/weights.zip")).hasBinaryContent(content);
  }

  @Test
  void givesAnAbsentFileAndASilentServerUp() {
    assertThatThrownBy(() -> download("none", checksum(), Progress.NONE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("404")
        .hasMessageContaining("--encoder-mirror");
    assertThatThrownBy(() -> download("silent", checksum(), Progress.NONE))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("SocketTimeoutException");
  }

  @Test
  void aZooGraphAtHandIsCutBeforeItsClassifier() throws IOException {
    Path file = folder.resolve("mine.zip");
    ModelSerializer.writeModel(classifier(), file.toFile(), false);
    EncoderSpec spec = new EncoderSpec("darknet19", null, null, file, folder, null);
    byte[] rgb = new byte[224 * 224 * 3];
    new Random(1).nextBytes(rgb);
    try (ImageEncoder encoder = Encoders.open(spec, EncoderEngine.AUTO)) {
      assertThat(encoder.name()).isEqualTo("darknet19");
      assertThat(encoder.channels()).isEqualTo(4);
      assertThat(encoder.gridSize()).isEqualTo(7);
      assertThat(encoder.preprocessing()).isEqualTo(Preprocessing.rgb(224, 0, 255));
      assertThat(encoder.encodeGrid(List.of(new Pixels(224, 224, rgb)))).hasSize(4 * 49);
    }
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Files.delete(zip.getPath("coefficients.bin"));
    }
    assertThatThrownBy(() -> Encoders.open(spec, EncoderEngine.AUTO))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("mine.zip: expected a ComputationGraph")
        .hasMessageContaining("it lacks coefficients.bin");
    Files.writeString(file, "no zip");
    assertThatThrownBy(() -> Encoders.open(spec, EncoderEngine.AUTO))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("mine.zip");
    assertThatThrownBy(() -> new EncoderSpec("onnx:a", null, null, file, folder, null))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("vgg16");
  }

  private void download(String context, long adler32, Progress progress) {
    URI address =
        URI.create(
            "http://localhost:%d/%s/w.zip".formatted(server.getAddress().getPort(), context));
    Duration silence = context.equals("silent") ? Duration.ofMillis(300) : Duration.ofMinutes(5);
    new WeightsDownload("vgg16", address, adler32, silence, progress)
        .to(folder.resolve("sub/weights.zip"));
  }

  private long checksum() {
    Adler32 adler = new Adler32();
    adler.update(content);
    return adler.getValue();
  }

  /** Sends at most so many bytes, whatever was promised. */
  private void send(HttpExchange exchange, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    if (range != null) {
      ranges.add(range);
      from = Integer.parseInt(range.replaceAll("\\D", ""));
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, LENGTH - from);
    exchange.getResponseBody().write(content, from, Math.min(most, LENGTH - from));
    exchange.close();
  }

  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, LENGTH);
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static ComputationGraph classifier() {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(32, 32).stride(32, 32).nOut(4).build(),
                    "in")
                .addLayer(
                    "classes",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(3)
                        .build(),
                    "conv")
                .setInputTypes(InputType.convolutional(224, 224, 3))
                .setOutputs("classes")
                .build());
    graph.init();
    return graph;
  }
}
