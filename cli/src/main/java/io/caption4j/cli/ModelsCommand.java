package io.caption4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j models}: the models that there are. */
@Command(
    name = "models",
    header = "Lists the bundled models and the model files of folders.",
    description =
        "Lists the models that come with caption4j, and the .c4j and .c4a files of folders and of"
            + " the folders directly in them. Each file is read whole. One that is damaged or of"
            + " another format version is listed with the reason; the exit code is then 1.",
    footer = {"  caption4j models", "  caption4j models runs --json"})
final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Folders, or model files. Default: the working folder.")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object, with all scores.")
  private boolean json;

  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    List<Path> where = folders.isEmpty() ? List.of(Path.of("")) : folders;
    List<Path> files = ModelFolders.find(where, console::message);
    List<ListedModel> models = new ArrayList<>();
    models.add(ListedModel.bundledCaptioner());
    models.add(ListedModel.bundledAligner());
    try (ConsoleProgress progress = console.progress()) {
      for (int i = 0; i < files.size(); i++) {
        models.add(ListedModel.of(files.get(i)));
        progress.update("reading models", i + 1, files.size(), "");
      }
    }
    if (json) {
      console.json(Map.of("models", models.stream().map(ListedModel::json).toList()));
    } else {
      models.forEach(this::print);
    }
    return models.stream().allMatch(model -> model.card() != null)
        ? ExitCode.OK
        : ExitCode.SOFTWARE;
  }

  private void print(ListedModel model) {
    if (model.card() == null) {
      console.result(model.label());
      line("cannot be read", model.problem());
      return;
    }
    ListedModel.Card card = model.card();
    console.result("%s  %s".formatted(model.label(), Console.printable(card.name())));
    line("kind", model.kind() + ", " + card.decoder());
    line("encoder", card.encoder() + (card.own() ? ", in the file" : ""));
    line("vocabulary", String.format(Locale.ROOT, "%,d words", card.words()));
    line("trained on", card.training().data());
    line("scores", scores(card.training().scores()));
    line("licence", card.licence());
    line("date", card.training().date());
    if (model.bytes() >= 0) {
      line("size", String.format(Locale.ROOT, "%.1f MB", model.bytes() / 1e6));
    }
  }

  private static String scores(Map<String, Double> scores) {
    return scores.isEmpty()
        ? "none"
        : scores.entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %.3f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
  }

  private void line(String name, String value) {
    console.result(String.format(Locale.ROOT, "  %-16s%s", name, Console.printable(value)));
  }
}
