package io.caption4j.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.decoder.FastLayers;
import io.caption4j.encoder.Dl4jRuntime;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The file of a checkpoint: how far a run has come as JSON, its graph with the updater, and the
 * mean of its parameters where there is one. One file, so that all are always of the same moment.
 */
public final class CheckpointFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATE = "state.json";
  private static final String GRAPH = "graph.zip";
  private static final String MEAN = "mean.bin";
  private static final int BUFFER_BYTES = 1 << 16;

  private CheckpointFile() {}

  /** Puts together what a checkpoint is made of. */
  @FunctionalInterface
  public interface Parts<S, C> {
    /**
     * Puts it together.
     *
     * @param mean of the parameters, (P); null if none was saved
     */
    C of(S state, ComputationGraph graph, INDArray mean);
  }

  /** Writes one without a mean of the parameters, atomically. */
  public static void save(Path file, Object state, ComputationGraph graph) {
    save(file, state, graph, null);
  }

  /**
   * Writes it, atomically.
   *
   * @param state becomes JSON
   * @param graph parameters, updater state and iteration count
   * @param mean of the parameters, (P); null for none
   */
  public static void save(Path file, Object state, ComputationGraph graph, INDArray mean) {
    RunFolder.writeAtomically(
        file,
        partial -> {
          try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(partial))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(STATE));
            zip.write(JSON.writeValueAsBytes(state));
            zip.putNextEntry(new ZipEntry(GRAPH));
            write(graph, zip);
            if (mean != null) {
              write(mean, MEAN, zip);
            }
          }
        });
  }

  /**
   * Writes what ModelSerializer reads. Its own writer compresses, which takes most of a
   * checkpoint's time: parameters hardly get smaller.
   */
  private static void write(ComputationGraph graph, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.NO_COMPRESSION);
    zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
    zip.write(graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8));
    write(graph.params(), ModelSerializer.COEFFICIENTS_BIN, zip);
    INDArray updater = graph.getUpdater().getStateViewArray();
    if (updater != null && !updater.isEmpty()) {
      write(updater, ModelSerializer.UPDATER_BIN, zip);
    }
    zip.finish();
  }

  private static void write(INDArray array, String entry, ZipOutputStream zip) throws IOException {
    zip.putNextEntry(new ZipEntry(entry));
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip, BUFFER_BYTES));
    Nd4j.write(array, data);
    data.flush();
    zip.closeEntry();
  }

  /** Reads one of a run that keeps no mean of its parameters. */
  public static <S, C> C load(
      Path file, Class<S> kind, BiFunction<S, ComputationGraph, C> checkpoint) {
    return load(file, kind, (state, graph, mean) -> checkpoint.apply(state, graph));
  }

  /**
   * Reads one.
   *
   * @param kind of the state
   * @param checkpoint puts it together
   * @throws TrainException if the file is damaged or of another version
   */
  public static <S, C> C load(Path file, Class<S> kind, Parts<S, C> checkpoint) {
    // Before DL4J makes a layer: with other helpers a resumed run would round differently.
    Dl4jRuntime.prepare();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      S state = JSON.readValue(entry(zip, STATE), kind);
      ComputationGraph graph = ModelSerializer.restoreComputationGraph(entry(zip, GRAPH), true);
      FastLayers.install(graph);
      INDArray mean = zip.getEntry(MEAN) == null ? null : Nd4j.read(entry(zip, MEAN));
      return checkpoint.of(state, graph, mean);
    } catch (IOException | RuntimeException e) {
      throw new TrainException(
          "%s is not a whole checkpoint (%s); start anew with --overwrite."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Makes sure that a run goes on as it began.
   *
   * @param trainedWith the checkpoint's hyperparameters
   * @param asked the run's
   * @param trainedOn the checkpoint's fingerprint of its data
   * @param found the run's
   * @throws TrainException if either differs
   */
  public static void requireSame(
      Path file, Object trainedWith, Object asked, String trainedOn, String found) {
    if (!trainedWith.equals(asked)) {
      throw new TrainException(
          "%s was trained with %s, now asked for %s; give the same settings, or another --out."
              .formatted(file, trainedWith, asked));
    }
    if (!trainedOn.equals(found)) {
      throw new TrainException(
          file
              + " was trained on other captions, vocabulary or features than these; name the data"
              + " it began with, or another --out.");
    }
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("entry " + name + " is missing");
    }
    return zip.getInputStream(entry);
  }
}
