package io.caption4j.cli;

import io.caption4j.encoder.EncoderLayer;
import io.caption4j.encoder.EncoderLayers;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.Preprocessing;
import io.caption4j.encoder.ZooEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j encoders}: which there are, and where they can be cut. */
@Command(
    name = "encoders",
    header = "Lists the encoders, or the layers of one.",
    description =
        "Lists the encoders that have a name: the size and preprocessing of their pictures, and"
            + " where their weights come from. With a name or a file, lists the layers that it can"
            + " be cut at; the usual one is marked.",
    footer = {
      "  caption4j encoders",
      "  caption4j encoders efficientnet-lite0",
      "  caption4j encoders onnx:resnet50.onnx"
    })
final class EncodersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "A name, keras:FILE.h5 or onnx:FILE.onnx.")
  private String name;

  @Mixin private EncoderFilesOption files;
  @Mixin private CacheFolder cache;
  @Mixin private CommonOptions common;

  private Console console;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    if (name == null) {
      list();
      console.message("next: caption4j encoders NAME lists the layers of one.");
    } else {
      layers();
    }
    return ExitCode.OK;
  }

  private void list() {
    line("name", "picture", "preprocessing", "weights");
    Preprocessing bundled = Encoders.efficientNetLite0Preprocessing();
    line(Encoders.EFFICIENTNET_LITE0, side(bundled), pixels(bundled), "bundled");
    for (ZooEncoder zoo : ZooEncoder.values()) {
      boolean here = zoo.isHere(cache.path().resolve(EncoderSpec.DOWNLOADS));
      line(
          zoo.encoderName(),
          side(zoo.preprocessing()),
          pixels(zoo.preprocessing()),
          here ? "DL4J Zoo, here" : "DL4J Zoo, to be downloaded");
    }
    line("keras:FILE.h5", "the file's", "--preprocessing", "the file");
    line("onnx:FILE.onnx", "the file's", "--preprocessing", "the file");
  }

  private void layers() {
    EncoderSpec asked = Require.valid(spec, () -> files.spec(name, null, cache.path()));
    EncoderLayers found;
    try (ConsoleProgress progress = console.progress()) {
      found = Encoders.layers(asked, progress);
    }
    for (EncoderLayer layer : found.layers()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%s %-48s %-24s %s",
              layer.equals(found.usual()) ? "*" : " ",
              layer.name(),
              layer.kind(),
              layer.gridSize() == 1
                  ? "(%d)".formatted(layer.channels())
                  : "(%d, %d, %d)"
                      .formatted(layer.channels(), layer.gridSize(), layer.gridSize())));
    }
  }

  private void line(String encoder, String size, String preprocessing, String weights) {
    console.result(
        String.format(Locale.ROOT, "%-20s %-11s %-58s %s", encoder, size, preprocessing, weights));
  }

  private static String side(Preprocessing preprocessing) {
    return "%d x %d".formatted(preprocessing.size(), preprocessing.size());
  }

  private static String pixels(Preprocessing preprocessing) {
    return "%s, (x - %s) / %s"
        .formatted(
            preprocessing.channelOrder(),
            numbers(preprocessing.mean()),
            numbers(preprocessing.deviation()));
  }

  // One number for all channels if they are alike.
  private static String numbers(double[] values) {
    return Arrays.stream(values).distinct().count() == 1
        ? String.valueOf(values[0])
        : Arrays.toString(values);
  }
}
