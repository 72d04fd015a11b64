package io.caption4j.cli;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Captioner;
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

  private static final int BATCH = 8; // pictures encoded and searched together
  private static final long BATCH_BYTES = 64_000_000; // of decoded pictures, so large ones go alone

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;
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
      try (Captioner captioner = model.captioner();
          ConsoleProgress progress = console.progressBesideResults()) {
        captionAll(found.pictures(), captioner, wanted, progress);
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void captionAll(
      List<Path> pictures, Captioner captioner, Search wanted, ConsoleProgress progress) {
    ImageLoader loader = new ImageLoader();
    List<Path> names = new ArrayList<>();
    List<Pixels> batch = new ArrayList<>();
    long bytes = 0;
    int done = 0;
    for (Path picture : pictures) {
      done++;
      try {
        Pixels pixels = loader.load(picture);
        batch.add(pixels);
        names.add(picture);
        bytes += pixels.rgb().length;
      } catch (ImageException e) {
        fail(e.getMessage());
      }
      // The first picture goes alone, so that its caption is seen at once.
      if (batch.size() == BATCH || bytes > BATCH_BYTES || done == 1 || done == pictures.size()) {
        captionBatch(names, batch, captioner, wanted);
        names.clear();
        batch.clear();
        bytes = 0;
        progress.update("captioning", done, pictures.size(), "");
      }
    }
  }

  private void captionBatch(
      List<Path> names, List<Pixels> batch, Captioner captioner, Search wanted) {
    List<List<Caption>> captions = captioner.captionAll(batch, wanted);
    for (int i = 0; i < names.size(); i++) {
      print(names.get(i), captions.get(i));
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
