package io.caption4j.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.decoder.FastLayers;
import io.caption4j.encoder.Dl4jRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A run between two minibatches: the graph with its updater and how far it has come. One file, so
 * that both are always of the same moment.
 *
 * @param state how far it has come
 * @param graph parameters, updater state and iteration count
 */
record Checkpoint(State state, ComputationGraph graph) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STATE = "state.json";
  private static final String GRAPH = "graph.zip";

  /**
   * How far a run has come.
   *
   * @param hyperparameters the run's, which a resumed one must equal
   * @param fingerprint of data, vocabulary and encoder, which must be equal too
   * @param round the round under way, from 1; see {@link Phase}
   * @param nextBatch the minibatch of it that comes next, from 0
   * @param lossSum of the round's tokens so far
   * @param rewardSum of the round's minibatches so far
   * @param normSum the same of the decoder's gradient norms
   * @param encoderNormSum the same of the encoder's
   * @param tokens of the round so far
   * @param seconds spent in the round so far
   * @param history the finished rounds
   */
  record State(
      Hyperparameters hyperparameters,
      String fingerprint,
      int round,
      int nextBatch,
      double lossSum,
      double rewardSum,
      double normSum,
      double encoderNormSum,
      long tokens,
      double seconds,
      List<EpochRecord> history) {
    State {
      history = List.copyOf(history);
    }

    /** After one more minibatch. */
    State after(int next, double loss, Phase.Minibatch minibatch, GradientNorms norms) {
      double reward = Double.isNaN(minibatch.reward()) ? 0 : minibatch.reward();
      return new State(
          hyperparameters,
          fingerprint,
          round,
          next,
          lossSum + loss * minibatch.tokens(),
          rewardSum + reward,
          normSum + norms.decoder(),
          encoderNormSum + norms.encoder(),
          tokens + minibatch.tokens(),
          seconds,
          history);
    }

    /** The beginning of a round. */
    static State begin(
        Hyperparameters hyperparameters, String fingerprint, int round, List<EpochRecord> history) {
      return new State(hyperparameters, fingerprint, round, 0, 0, 0, 0, 0, 0, 0, history);
    }

    /** With another time. */
    State withSeconds(double spent) {
      return new State(
          hyperparameters,
          fingerprint,
          round,
          nextBatch,
          lossSum,
          rewardSum,
          normSum,
          encoderNormSum,
          tokens,
          spent,
          history);
    }
  }

  /** Writes it, atomically. */
  void save(Path file) {
    RunFolder.writeAtomically(
        file,
        partial -> {
          try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(partial))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(STATE));
            zip.write(JSON.writeValueAsBytes(state));
            zip.putNextEntry(new ZipEntry(GRAPH));
            ModelSerializer.writeModel(graph, new Unclosed(zip), true);
            zip.closeEntry();
          }
        });
  }

  /**
   * Reads one.
   *
   * @throws TrainException if the file is damaged or of another version
   */
  static Checkpoint load(Path file) {
    // Before DL4J makes a layer: with other helpers a resumed run would round differently.
    Dl4jRuntime.prepare();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      State state = JSON.readValue(entry(zip, STATE), State.class);
      ComputationGraph graph = ModelSerializer.restoreComputationGraph(entry(zip, GRAPH), true);
      FastLayers.install(graph);
      return new Checkpoint(state, graph);
    } catch (IOException | RuntimeException e) {
      throw new TrainException(
          "%s is not a whole checkpoint (%s); start anew with --overwrite."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static InputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("entry " + name + " is missing");
    }
    return zip.getInputStream(entry);
  }

  /** DL4J closes what it writes to; the zip has to go on. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(ZipOutputStream zip) {
      super(zip);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
