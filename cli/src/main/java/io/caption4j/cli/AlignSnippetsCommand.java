package io.caption4j.cli;

import io.caption4j.align.Aligner;
import io.caption4j.align.SnippetChoice;
import io.caption4j.align.SnippetDataset;
import io.caption4j.align.SnippetMaker;
import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Split;
import io.caption4j.train.SkippedPictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j align snippets}: a data set of captions to one of parts and snippets. */
@Command(
    name = "snippets",
    header = "Makes a data set of parts of pictures and the words that belong to them.",
    description =
        "Aligns the captions of a data set's training and validation pictures, cuts out the boxes"
            + " that most is said of, and writes them with the snippets of captions that belong to"
            + " them as a data set that 'train' reads. What it trains says what is where: 'caption"
            + " --regions'. Stopped at any moment, the same command goes on; parts that are there"
            + " are not written again.",
    footer = {
      "  caption4j align snippets --data flickr8k --out snippets",
      "  caption4j train --data snippets --decoder show-tell --out regions",
      "  caption4j caption --regions --region-model regions/model.c4j dog.jpg"
    })
final class AlignSnippetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DatasetOptions data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The new data set's folder. A whole one is not touched unless asked.")
  private Path out;

  @Option(names = "--overwrite", description = "Replace the data set that --out holds.")
  private boolean overwrite;

  @Mixin private AlignModelOption model;
  @Mixin private BetaOption beta;

  @Option(
      names = "--per-picture",
      paramLabel = "N",
      defaultValue = "5",
      description = "Most boxes of a picture, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int perPicture;

  @Option(
      names = "--least-score",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Leave out snippets that score less, a mean over words. Default: ${DEFAULT-VALUE}.")
  private double least;

  @Mixin private SeedOption seed;
  @Mixin private EngineOption engine;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine());
    double reward = beta.checked(spec);
    Require.range(spec, "--per-picture", perPicture, 1, 1000);
    Require.that(spec, Double.isFinite(least), "--least-score must be a number, found %s.", least);
    SnippetDataset made = new SnippetDataset(out, overwrite);
    CaptionDataset dataset = data.open(seed.value(), console);
    List<CaptionedImage> images = new ArrayList<>(dataset.require(Split.TRAIN));
    images.addAll(dataset.require(Split.VAL));
    SnippetMaker.LeftOut leftOut;
    try (Aligner aligner = model.aligner(engine.engine());
        ConsoleProgress progress = console.progress()) {
      SnippetChoice choice = new SnippetChoice(perPicture, least);
      leftOut = new SnippetMaker(aligner, reward, choice, made).add(images, progress);
    }
    SkippedPictures.report(leftOut.pictures(), images.size());
    if (leftOut.captions() > 0) {
      console.message(
          "left out %d captions of which the model knows no word.".formatted(leftOut.captions()));
    }
    console.result(Console.printable(made.write()));
    console.message(
        "%d regions with %d snippets; next: caption4j train --data %s --decoder show-tell --out RUN"
            .formatted(made.parts(), made.snippets(), Console.printable(out)));
    return data.exitCode();
  }
}
