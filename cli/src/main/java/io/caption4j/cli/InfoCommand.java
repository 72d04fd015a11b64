package io.caption4j.cli;

import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j info}: what a model file holds. */
@Command(
    name = "info",
    header = "Tells what a model file holds.",
    description = "Prints what a model file holds and how it was trained.",
    footer = {"  caption4j info", "  caption4j info my-run/model.c4j --json"})
final class InfoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The model file (.c4j). Default: the bundled model.")
  private Path file;

  @Option(names = "--json", description = "Print the model's card as one JSON object.")
  private boolean json;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    // Read whole, so that a damaged file is told of.
    CaptionModel model = file == null ? CaptionModel.bundled() : CaptionModel.load(file);
    model.graph();
    if (json) {
      console.json(model.card());
    } else {
      print(model);
    }
    return ExitCode.OK;
  }

  private void print(CaptionModel model) {
    ModelCard card = model.card();
    line("model", card.name());
    line("file", file == null ? "the bundled model" : Console.printable(file));
    line("format version", card.formatVersion());
    line("licence", card.license());
    line("encoder", card.encoder().name());
    line("encoder hash", card.encoder().hash());
    line("picture size", card.encoder().preprocessing().size());
    DecoderSettings decoder = card.decoder();
    line("decoder", decoder.kind());
    line("embedding, state", decoder.embeddingSize() + ", " + decoder.stateSize());
    line("dropout", decoder.dropout());
    line("vocabulary", count(model.vocabulary().words()) + " words");
    line("parameters", count(model.parameterCount()));
    line("tokenizer", card.tokenizer());
    training(card.training());
    card.notes().forEach(note -> line("note", note));
  }

  private void training(ModelCard.Training training) {
    line("trained on", training.data());
    line("pictures, captions", training.images() + ", " + training.captions());
    line("least word count", training.minCount());
    line("seed", training.seed());
    line("epochs", "%d, best %s".formatted(training.epochs(), number(training.bestEpoch())));
    training
        .scores()
        .forEach((name, score) -> line(name, String.format(Locale.ROOT, "%.4f", score)));
    line("date", training.date());
    line("caption4j", training.version());
  }

  private void line(String name, Object value) {
    console.result(String.format(Locale.ROOT, "%-20s%s", name, value));
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
