package io.caption4j.cli;

import io.caption4j.align.AlignException;
import io.caption4j.align.Aligner;
import io.caption4j.align.Alignment;
import io.caption4j.align.AlignmentSheet;
import io.caption4j.align.Snippet;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j align show}: the words of a caption and where they belong. */
@Command(
    name = "show",
    header = "Shows where in a picture the words of a caption belong.",
    description =
        "Prints for each word of a caption the box that it belongs to, and draws the boxes. A"
            + " picture that cannot be read is named on stderr, the others are aligned, and the"
            + " exit code is 1.",
    footer = {
      "  caption4j align show samples --out aligned",
      "  caption4j align show dog.jpg --caption \"a brown dog runs on the beach\" --format text"
    })
final class AlignShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--caption",
      paramLabel = "TEXT",
      description = "A sentence about the pictures. Default: what the bundled captioner says.")
  private String caption;

  @Mixin private AlignModelOption model;
  @Mixin private BetaOption beta;
  @Mixin private AlignRegionsOption regions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Also write NAME.png into this folder for each picture: the boxes, and the words in the"
              + " same colours.")
  private Path out;

  @Option(
      names = "--least-score",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "In the drawing, leave out boxes of snippets that score less, a mean over words."
              + " Default: ${DEFAULT-VALUE}.")
  private double least;

  @Option(
      names = "--format",
      paramLabel = "json|text",
      defaultValue = "json",
      description =
          "json, one object a line,%n"
              + "{\"image\": \"...\", \"caption\": \"...\", \"score\": 14.2,%n"
              + "\"words\": [{\"text\": \"dog\", \"score\": 1.9, \"box\": {\"x\": 0, \"y\": 10,%n"
              + "\"width\": 50, \"height\": 40}}], \"snippets\": [{\"text\": \"a dog\", \"from\": 0,%n"
              + "\"to\": 2, \"score\": 1.2, \"box\": {...}}]}, or text: a line for each snippet.")
  private OutputFormat format;

  @Mixin private PictureOptions folders;
  @Mixin private EngineOption engine;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Pictures (JPEG, PNG, GIF, WebP, BMP, TIFF), or folders of pictures.")
  private List<Path> paths;

  private final ImageLoader loader = new ImageLoader();
  private Console console;
  private SheetFolder sheets; // null without --out
  private boolean failed;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    double reward = beta.checked(spec);
    Require.that(spec, Double.isFinite(least), "--least-score must be a number, found %s.", least);
    Function<Aligner, AlignRegionsOption.Source> source = regions.source(spec);
    PictureArguments found = PictureArguments.of(paths, folders.recursive());
    found.tell(this::fail, console::message);
    if (!found.pictures().isEmpty()) {
      try (Aligner aligner = model.aligner(engine.engine());
          Captioner captioner = captioner(aligner)) {
        sheets = out == null ? null : new SheetFolder("--out", out);
        Shower shower = new Shower(aligner, captioner, source.apply(aligner), reward);
        found.pictures().forEach(shower::show);
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** The bundled captioner, on the aligner's encoder if that is its own too; null if not needed. */
  private Captioner captioner(Aligner aligner) {
    if (caption != null) {
      aligner.tokenize(caption); // refuses nonsense before a picture is read
      return null;
    }
    CaptionModel bundled = CaptionModel.bundled();
    return bundled.card().encoder().hash().equals(aligner.encoder().hash())
        ? Captioner.of(bundled, aligner.encoder())
        : Captioner.bundled(engine.engine());
  }

  /** Aligns picture after picture. */
  private final class Shower {
    private final Aligner aligner;
    private final Captioner captioner; // null if the caption is given
    private final AlignRegionsOption.Source source;
    private final double reward;

    Shower(Aligner aligner, Captioner captioner, AlignRegionsOption.Source source, double reward) {
      this.aligner = aligner;
      this.captioner = captioner;
      this.source = source;
      this.reward = reward;
    }

    void show(Path file) {
      try {
        Pixels picture = loader.load(file);
        String text = captioner == null ? caption : say(picture);
        List<String> tokens = aligner.tokenize(text);
        Alignment alignment =
            Alignment.of(source.of(file, picture), tokens, aligner.words(tokens), reward);
        print(file, text, alignment, draw(file, picture, alignment));
      } catch (ImageException | AlignException e) {
        fail(e.getMessage());
      }
    }

    private String say(Pixels picture) {
      Search search = Search.beam(Search.DEFAULT_BEAM);
      return captioner.caption(picture, search).stream().findFirst().orElseThrow().text();
    }
  }

  /** The file that was written; null without --out. */
  private Path draw(Path file, Pixels picture, Alignment alignment) {
    if (sheets == null) {
      return null;
    }
    Path drawn = sheets.file(file);
    AlignmentSheet.write(picture, alignment, least, drawn);
    console.message("where the words belong: " + Console.printable(drawn));
    return drawn;
  }

  private void print(Path file, String text, Alignment alignment, Path drawn) {
    if (format == OutputFormat.JSON) {
      console.json(AlignmentJson.of(file, text, alignment, drawn));
      return;
    }
    String name = Console.printable(file);
    for (Snippet snippet : alignment.snippets()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%s\t%s\t%s\t%.3f",
              name,
              BoxText.of(snippet.box()),
              alignment.text(snippet),
              snippet.score()));
    }
  }

  private void fail(String message) {
    console.message(message);
    failed = true;
  }
}
