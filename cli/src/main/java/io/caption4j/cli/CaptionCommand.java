package io.caption4j.cli;

import io.caption4j.align.RegionCaptioner;
import io.caption4j.align.RegionProposer;
import io.caption4j.data.ImageException;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionPipeline;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
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
      "  caption4j caption --beam 5 --top 3 --format json dog.jpg beach.png",
      "  caption4j caption --top-p 0.9 --top 5 --sample-seed 7 dog.jpg",
      "  caption4j caption --regions --region-model regions/model.c4j --explain where dog.jpg"
    })
final class CaptionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
  @Mixin private EngineOption engine;
  @Mixin private SearchOptions search;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Captions printed for a picture, best first, at most --beam (or 100 if they are drawn at"
              + " random). Default: 1.")
  private int top;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description =
          "text, or json: one object a line,%n"
              + "{\"image\": \"...\", \"captions\": [{\"text\": \"...\", \"logProbability\": -8.4,%n"
              + "\"words\": [{\"text\": \"...\", \"probability\": 0.7}]}]}")
  private OutputFormat format;

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description =
          "Also write NAME.png into this folder for each picture: where the model looked for each"
              + " word of the best caption, and, in percent and as a grey bar, how far it relied on"
              + " the words before instead. Needs a model trained with --decoder attention.")
  private Path explain;

  @Mixin private RegionCaptionOptions regions;
  @Mixin private PictureOptions folders;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Pictures (JPEG, PNG, GIF, WebP, BMP, TIFF), or folders of pictures.")
  private List<Path> paths;

  private Console console;
  private Explainer explainer; // null without --explain
  private boolean failed;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    Search wanted = search.search(spec, top);
    regions.check(spec);
    Require.that(
        spec,
        !regions.on() || (top == 1 && !model.given()),
        "--regions excludes --top and --model; its model is named by --region-model.");
    PictureArguments found = PictureArguments.of(paths, folders.recursive());
    found.tell(this::fail, console::message);
    if (!found.pictures().isEmpty() && regions.on()) {
      printRegions(found.pictures(), wanted);
    } else if (!found.pictures().isEmpty()) {
      try (CaptionPipeline pipeline = new CaptionPipeline(opener(), wanted);
          ConsoleProgress progress = console.progressBesideResults()) {
        pipeline.run(found.pictures(), new Printer(progress, found.pictures().size()));
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void printRegions(List<Path> pictures, Search wanted) {
    Function<Path, RegionProposer> proposers = regions.proposers();
    try (RegionCaptioner captioner =
            new RegionCaptioner(regions.captioner(engine.engine()), wanted, regions.distinct());
        ConsoleProgress progress = console.progressBesideResults()) {
      SheetFolder sheets = explain == null ? null : new SheetFolder("--explain", explain);
      RegionPrinter printer =
          new RegionPrinter(captioner, proposers, sheets, format == OutputFormat.JSON, console);
      failed |= !printer.print(pictures, progress);
    }
  }

  /** Opens the captioner beside the first picture, or before any if it may be of no use. */
  private Supplier<Captioner> opener() {
    if (explain == null) {
      return () -> model.captioner(engine.engine());
    }
    Captioner captioner = model.captioner(engine.engine());
    try {
      captioner.requireAttention();
      explainer = new Explainer(captioner::explain, explain);
    } catch (RuntimeException e) {
      captioner.close();
      throw e;
    }
    return () -> captioner;
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
    Path explanation = explainer == null ? null : explain(picture, captions);
    if (format == OutputFormat.JSON) {
      console.json(CaptionJson.of(picture, captions, explanation));
      return;
    }
    for (Caption caption : captions) {
      String line = Console.printable(picture) + "\t" + caption.text();
      console.result(
          top == 1 ? line : String.format(Locale.ROOT, "%s\t%.3f", line, caption.logProbability()));
    }
  }

  /** The file that was written; null if the picture is gone. */
  private Path explain(Path picture, List<Caption> captions) {
    try {
      Path file = explainer.explain(picture, captions.get(0));
      console.message("where it looked: " + Console.printable(file));
      return file;
    } catch (ImageException e) {
      fail(e.getMessage());
      return null;
    }
  }

  private void fail(String message) {
    console.message(message);
    failed = true;
  }
}
