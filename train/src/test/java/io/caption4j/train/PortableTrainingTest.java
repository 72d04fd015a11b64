package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.Progress;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What trains on a GPU, ND4J's operations alone, against the loops of our own that train on a CPU:
 * both here, on the CPU.
 */
class PortableTrainingTest {
  private static final int EPOCHS = 3;
  private static final List<String> FIRST = List.of("loss", "validationLoss", "gradientNorm");
  private static final List<String> ALWAYS = List.of("loss", "validationLoss");

  @TempDir private Path folder;

  /** Trains a small decoder; data, cache, run, and a folder of the decoder's name. */
  public static final class Run {
    public static void main(String[] arguments) {
      Path run = Path.of(arguments[2]);
      Hyperparameters hyper =
          TrainerTest.tiny(run.getFileName().toString())
              .epochs(EPOCHS)
              .labelSmoothing(0.1)
              .dropout(0) // drops other units where arrays lie in another order
              .build();
      TrainSettings settings =
          new TrainSettings(
              Path.of(arguments[0]),
              null,
              null,
              run,
              Path.of(arguments[1]),
              EncoderSpec.bundled(),
              EncoderEngine.AUTO,
              TrainSettings.Start.NEW,
              3600,
              "shapes",
              "public domain",
              List.of(),
              hyper);
      new Trainer(settings, Progress.NONE, epoch -> {}).run();
    }
  }

  @Test
  void trainsShowTellToTheSameLosses() throws IOException, InterruptedException {
    trainsToTheSameLosses(DecoderSettings.SHOW_TELL);
  }

  @Test
  @Tag("long")
  void trainsAttentionToTheSameLosses() throws IOException, InterruptedException {
    trainsToTheSameLosses(DecoderSettings.ATTENTION);
  }

  private void trainsToTheSameLosses(String decoder) throws IOException, InterruptedException {
    ShapesDataset.write(folder.resolve("data"));
    List<JsonNode> portable = run(folder.resolve("portable").resolve(decoder), true);
    List<JsonNode> fast = run(folder.resolve("fast").resolve(decoder), false);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      // Later, gradients differ more than losses: by all the rounding before.
      for (String what : epoch == 0 ? FIRST : ALWAYS) {
        double expected = fast.get(epoch).get(what).asDouble();
        assertThat(portable.get(epoch).get(what).asDouble())
            .as("%s of epoch %d", what, epoch + 1)
            .isCloseTo(expected, within(1e-3 * Math.max(1, expected)));
      }
    }
  }

  private List<JsonNode> run(Path run, boolean portable) throws IOException, InterruptedException {
    ChildJvm.run(
        folder,
        List.of("-Xmx512m", "-Dcaption4j.portable=" + portable),
        Run.class,
        folder.resolve("data"),
        folder.resolve("cache"),
        run);
    ObjectMapper json = new ObjectMapper();
    return Files.readAllLines(run.resolve("log.jsonl")).stream()
        .map(
            line -> {
              try {
                return json.readTree(line);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }
}
