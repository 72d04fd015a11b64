package io.caption4j.cli;

import io.caption4j.align.Aligner;
import io.caption4j.align.AlignerRows;
import io.caption4j.align.GridWindows;
import io.caption4j.align.ImageIndex;
import io.caption4j.align.ImageSearch;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.ImageLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j search}: a sentence to the pictures of a folder that it fits best. */
@Command(
    name = "search",
    header = "Finds the pictures of a folder that words describe.",
    description =
        "Prints the pictures that the words fit best, the best first: the picture's path, a tab, its"
            + " score. The first search in a folder takes a while, since every picture goes through"
            + " the encoder; what comes of it is kept, and later only new and changed pictures do.",
    footer = {
      "  caption4j search \"a dog in snow\" --images photos",
      "  caption4j search \"two men on a boat\" --images photos --recursive --top 3 --format json"
    })
final class SearchCommand implements Callable<Integer> {
  private static final int NAMED = 3; // of the pictures that cannot be read

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "WORDS",
      arity = "1..*",
      description = "What the pictures shall show, in English, in quotes or not.")
  private List<String> words;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description = "The folder of pictures.")
  private Path images;

  @Mixin private PictureOptions folders;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "Pictures printed, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "text, or json: one object a line, with the place that fits each word best, in pixels,%n"
              + "{\"image\": \"...\", \"score\": 7.1, \"words\": [{\"text\": \"dog\",%n"
              + "\"box\": {\"x\": 0, \"y\": 80, \"width\": 320, \"height\": 160}}]}")
  private OutputFormat format;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description =
          "Where what the search needs of the pictures is kept, 20 KB each; one folder serves any"
              + " number of folders of pictures. Default: search in the user's cache folder, for"
              + " example ~/.cache/caption4j/search.")
  private Path index;

  @Mixin private AlignModelOption model;
  @Mixin private EngineOption engine;
  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    Require.range(spec, "--top", top, 1, 1000);
    PictureArguments found = PictureArguments.of(List.of(images), folders.recursive());
    found.tell(console::message, console::message);
    if (found.pictures().isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    try (Aligner aligner = model.aligner(engine.engine())) {
      List<String> tokens = aligner.tokenize(String.join(" ", words)); // before the long work
      ImageIndex opened = open(aligner, found.pictures());
      new ImageSearch(opened, new GridWindows())
          .best(aligner.words(tokens), top)
          .forEach(match -> print(match, tokens));
    }
    return found.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private ImageIndex open(Aligner aligner, List<Path> pictures) {
    ImageIndex opened;
    try (ConsoleProgress progress = console.progress()) {
      opened =
          ImageIndex.open(
              index != null ? index : CacheFolder.users().resolve("search"),
              new AlignerRows(aligner),
              pictures,
              new ImageLoader(),
              progress);
    }
    List<String> reasons = List.copyOf(opened.skipped().values());
    if (opened.size() == 0) {
      throw new Caption4jException(
          "None of the %d pictures in %s can be read; the first: %s"
              .formatted(pictures.size(), images, reasons.get(0)));
    }
    reasons.stream().limit(NAMED).forEach(console::message);
    if (reasons.size() > NAMED) {
      console.message(
          "%d more pictures cannot be read and are left out.".formatted(reasons.size() - NAMED));
    }
    return opened;
  }

  private void print(ImageSearch.Match match, List<String> tokens) {
    if (format == OutputFormat.JSON) {
      console.json(MatchJson.of(match, tokens));
    } else {
      console.result(
          String.format(
              Locale.ROOT, "%s\t%.3f", Console.printable(match.picture()), match.score()));
    }
  }
}
