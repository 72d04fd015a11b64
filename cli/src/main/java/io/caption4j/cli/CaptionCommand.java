package io.caption4j.cli;

import io.caption4j.data.ImageException;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionPipeline;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j caption}: pictures to sentences. */
@Command(
    name = "caption",
    header = "Says what pictures show.",
    description =
        "Prints a caption for each picture as soon as it is ready: the picture's path, a tab, the"
            + " caption. A picture that cannot be read is named on stderr, the others are"
            + " captioned, and the exit code is 1.",
    footer = {
      "  caption4j caption samples",
      "  caption4j caption --beam 5 --top 3 --format json dog.jpg beach.png"
    })
final class CaptionCommand implements Callable<Integer> {
  /** How captions are printed. */
  enum Format {
    /** Lines for people. */
    TEXT,
    /** One JSON object a picture and line. */
    JSON
  }

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
  @Mixin private EngineOption engine;
  @Mixin private SearchOptions search;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1",
      description = "Captions printed for a picture, best first, at most --beam. Default: 1.")
  private int top;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "text, or json: one object a line,%n"
              + "{\"image\": \"...\", \"captions\": [{\"text\": \"...\", \"logProbability\": -8.4}]}")
  private Format format;

  @Mixin private PictureOptions folders;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Pictures (JPEG, PNG, GIF, WebP, BMP), or folders of pictures.")
  private List<Path> paths;

  private Console console;
  private boolean failed;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    Search wanted = search.search(spec, top);
    PictureArguments found = PictureArguments.of(paths, folders.recursive());
    found.problems().forEach(this::fail);
    if (!found.pictures().isEmpty()) {
      try (CaptionPipeline pipeline =
              new CaptionPipeline(() -> model.captioner(engine.engine()), wanted);
          ConsoleProgress progress = console.progressBesideResults()) {
        pipeline.run(found.pictures(), new Printer(progress, found.pictures().size()));
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** Prints what comes out of the pipeline. */
  private final class Printer implements CaptionPipeline.Listener {
    private final ConsoleProgress progress;
    private final int total;
    private int done;

    Printer(ConsoleProgress progress, int total) {
      this.progress = progress;
      this.total = total;
    }

    @Override
    public void captioned(Path file, List<Caption> captions) {
      print(file, captions);
      progress.update("captioning", ++done, total, "");
    }

    @Override
    public void refused(Path file, ImageException reason) {
      fail(reason.getMessage());
      progress.update("captioning", ++done, total, "");
    }
  }

  private void print(Path picture, List<Caption> captions) {
    if (format == Format.JSON) {
      List<Map<String, Object>> list = new ArrayList<>();
      for (Caption caption : captions) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", caption.text());
        object.put("logProbability", caption.logProbability());
        list.add(object);
      }
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("image", picture.toString());
      object.put("captions", list);
      console.json(object);
      return;
    }
    for (Caption caption : captions) {
      String line = Console.printable(picture) + "\t" + caption.text();
      console.result(
          top == 1 ? line : String.format(Locale.ROOT, "%s\t%.3f", line, caption.logProbability()));
    }
  }

  private void fail(String message) {
    console.message(message);
    failed = true;
  }
}
