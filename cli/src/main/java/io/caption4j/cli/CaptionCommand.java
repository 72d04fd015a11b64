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
            + " caption; or writes it beside the picture or into it. A picture that cannot be read is named on stderr, the others are"
            + " captioned, and the exit code is 1.",
    footer = {
      "  caption4j caption samples",
      "  caption4j caption --beam 5 --top 3 --format json dog.jpg beach.png",
      "  caption4j caption -r --sidecar .txt --prefix 'photo of' my-pictures",
      "  caption4j caption -r --write-metadata my-photos",
      "  caption4j caption --format csv my-pictures > captions.csv",
      "  caption4j caption - < dog.jpg",
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
      paramLabel = "text|json|csv|coco",
      description =
          "text (default); csv: a table with the header image,caption (and rank,log_probability with"
              + " --top); coco: one list in COCO's results layout; or json: one object a line,%n"
              + "{\"image\": \"...\", \"captions\": [{\"text\": \"...\", \"logProbability\": -8.4,%n"
              + "\"words\": [{\"text\": \"...\", \"probability\": 0.7}]}]}")
  private CaptionFormat format; // null if none was asked for

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description =
          "Also write NAME.png into this folder for each picture: where the model looked for each"
              + " word of the best caption, and, in percent and as a grey bar, how far it relied on"
              + " the words before instead. Needs a model trained with --decoder attention.")
  private Path explain;

  @Mixin private CaptionFileOptions written;
  @Mixin private RegionCaptionOptions regions;
  @Mixin private PictureOptions folders;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description =
          "Pictures (JPEG, PNG, GIF, WebP, BMP, TIFF), folders of pictures, or - for a picture on"
              + " the standard input.")
  private List<Path> paths;

  private Console console;
  private CaptionFiles files;
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
    checkFormats();
    List<Path> found = pictures();
    files = new CaptionFiles(written, this::fail);
    List<Path> pictures = written.on() ? files.wanting(found, paths) : found;
    if (!pictures.isEmpty() && regions.on()) {
      printRegions(pictures, wanted);
    } else {
      caption(pictures, wanted); // of none too: CSV has its header, COCO's list is []
    }
    if (written.on() && !found.isEmpty()) {
      files.summary().forEach(console::message);
      if (files.any()) {
        console.message("next: " + written.next());
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void checkFormats() {
    written.check(spec);
    Require.that(
        spec, !regions.on() || !written.on(), "--regions excludes --sidecar and --write-metadata.");
    Require.that(
        spec,
        !regions.on() || format != CaptionFormat.CSV && format != CaptionFormat.COCO,
        "--regions excludes --format csv and coco.");
    Require.that(
        spec,
        format != CaptionFormat.COCO || top == 1,
        "--format coco excludes --top: it has one caption a picture.");
    long inputs = paths.stream().filter(StandardInput.NAME::equals).count();
    Require.that(spec, inputs <= 1, "- can be named once only.");
    Require.that(
        spec,
        inputs == 0 || explain == null && !regions.on() && !written.on(),
        "- excludes --explain, --regions, --sidecar and --write-metadata.");
    Require.that(
        spec,
        inputs == 0 || !StandardInput.isTerminal(),
        "- reads a picture from the standard input, which is the keyboard here; expected: caption -"
            + " < dog.jpg");
  }

  /** What the arguments stand for, in their order. */
  private List<Path> pictures() {
    int at = paths.indexOf(StandardInput.NAME);
    PictureArguments found = look(paths.subList(at + 1, paths.size()));
    if (at >= 0) {
      PictureArguments input = PictureArguments.of(StandardInput.NAME);
      found = look(paths.subList(0, at)).plus(input).plus(found);
    }
    found.tell(this::fail, console::message);
    return found.pictures();
  }

  private PictureArguments look(List<Path> arguments) {
    return PictureArguments.of(arguments, folders.recursive());
  }

  private void caption(List<Path> pictures, Search wanted) {
    boolean printed = format != null || !written.on();
    CaptionFormat as = format == null ? CaptionFormat.TEXT : format;
    try (CaptionPrinter results =
        printed ? new CaptionPrinter(console, as, pictures, top > 1) : null) {
      if (pictures.isEmpty()) {
        return;
      }
      try (CaptionPipeline pipeline = new CaptionPipeline(opener(), wanted, StandardInput::load);
          ConsoleProgress progress =
              printed ? console.progressBesideResults() : console.progress()) {
        pipeline.run(pictures, new Printer(results, progress, pictures.size()));
      }
    }
  }

  private void printRegions(List<Path> pictures, Search wanted) {
    Function<Path, RegionProposer> proposers = regions.proposers();
    try (RegionCaptioner captioner =
            new RegionCaptioner(regions.captioner(engine.engine()), wanted, regions.distinct());
        ConsoleProgress progress = console.progressBesideResults()) {
      SheetFolder sheets = explain == null ? null : new SheetFolder("--explain", explain);
      RegionPrinter printer =
          new RegionPrinter(captioner, proposers, sheets, format == CaptionFormat.JSON, console);
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
    private final CaptionPrinter results; // null if only files are written
    private final ConsoleProgress progress;
    private final int total;
    private int done;

    Printer(CaptionPrinter results, ConsoleProgress progress, int total) {
      this.results = results;
      this.progress = progress;
      this.total = total;
    }

    @Override
    public void captioned(Path file, List<Caption> captions) {
      Path explanation = explainer == null ? null : explain(file, captions);
      if (written.on()) {
        files.write(file, captions);
      }
      if (results != null) {
        results.print(file, captions, explanation);
      }
      progress.update("captioning", ++done, total, "");
    }

    @Override
    public void refused(Path file, ImageException reason) {
      fail(reason.getMessage());
      progress.update("captioning", ++done, total, "");
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
