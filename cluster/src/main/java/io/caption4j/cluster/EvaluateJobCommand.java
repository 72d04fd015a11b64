package io.caption4j.cluster;

import io.caption4j.cli.CachedCaptions;
import io.caption4j.cli.Console;
import io.caption4j.cli.ConsoleProgress;
import io.caption4j.cli.EvaluateCommand;
import io.caption4j.cli.ModelOption;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.EncoderEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evaluate}: how good a model's captions of a data set are, captioned by executors. */
@Command(
    name = "evaluate",
    header = "Measures how good a model is, its captions made on the cluster.",
    description =
        "Captions the pictures of a data set's split on the executors, and scores the captions as"
            + " caption4j evaluate does. Features are not cached.",
    footer = "  cluster/submit evaluate --data flickr8k --split val")
final class EvaluateJobCommand extends EvaluateCommand {
  @Option(
      names = "--pictures",
      paramLabel = "URI",
      description =
          "Where executors find the pictures, by the names they have in the data set. Default: where"
              + " the driver sees them.")
  private String pictures;

  @Option(
      names = "--per-task",
      paramLabel = "N",
      defaultValue = "64",
      description = "Pictures a task. Default: ${DEFAULT-VALUE}.")
  private int perTask;

  @Override
  protected CachedCaptions captions(
      List<CaptionedImage> images,
      ModelOption model,
      EncoderEngine engine,
      Search search,
      Console console) {
    JavaSparkContext context = Session.context(Session.open("evaluate"));
    List<String> uris = images.stream().map(this::uri).toList();
    CaptionTask task = new CaptionTask(ModelShipment.of(context, model.file(), engine), search);
    List<CaptionTask.Captioned> captioned;
    try (ConsoleProgress progress = console.progress()) {
      var captions = PictureTable.uris(context, uris, Math.max(1, perTask)).mapPartitions(task);
      captioned =
          Session.await(
              context,
              captions.collectAsync(),
              "captioning",
              captions.getNumPartitions(),
              done -> "",
              progress);
    }
    return made(images, uris, captioned, console);
  }

  private static CachedCaptions made(
      List<CaptionedImage> images,
      List<String> uris,
      List<CaptionTask.Captioned> captioned,
      Console console) {
    Map<String, CaptionTask.Captioned> byUri = new HashMap<>();
    captioned.forEach(c -> byUri.put(c.path(), c));
    List<CaptionedImage> readable = new ArrayList<>();
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      CaptionTask.Captioned found = byUri.get(uris.get(i));
      if (found.error() != null) {
        console.message(found.error());
        continue;
      }
      readable.add(images.get(i));
      captions.add(found.captions().isEmpty() ? "" : found.captions().get(0).text());
    }
    if (readable.isEmpty()) {
      throw new DataException(
          "None of the %d pictures can be read (%s); name where executors find them with --pictures."
              .formatted(images.size(), uris.get(0)));
    }
    return new CachedCaptions(readable, captions);
  }

  private String uri(CaptionedImage image) {
    return pictures == null
        ? HadoopFiles.uri(image.path())
        : pictures + "/" + image.path().getFileName();
  }
}
