package io.caption4j.cli;

import io.caption4j.align.BoxFile;
import io.caption4j.align.DistinctRegions;
import io.caption4j.align.GridWindows;
import io.caption4j.align.RegionProposer;
import io.caption4j.data.Caption4jException;
import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.EncoderEngine;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether and how parts of pictures are captioned. */
final class RegionCaptionOptions {
  @Option(
      names = "--regions",
      description =
          "Say what is where: caption parts of a picture instead of the whole. With --explain,"
              + " NAME.png shows the parts; as json, \"regions\" stand in place of \"captions\","
              + " each with a \"box\" {\"x\", \"y\", \"width\", \"height\"} in pixels.")
  private boolean on;

  @Option(
      names = "--region-model",
      paramLabel = "FILE",
      description =
          "The model for parts of pictures (.c4j), as 'train' makes it of what 'align snippets'"
              + " writes.")
  private Path model;

  @Option(
      names = "--region-boxes",
      paramLabel = "FILE.json",
      description =
          "The parts, boxes of any detector: {\"dog.jpg\": [[x, y, width, height], ...]}. Default:"
              + " the whole picture and 19 windows.")
  private Path boxes;

  @Option(
      names = "--most-regions",
      paramLabel = "N",
      description = "Most parts that are spoken of, 1 to 1000. Default: 5.")
  private Integer most;

  @Option(
      names = "--region-overlap",
      paramLabel = "X",
      description =
          "Leave out parts that overlap more than this with one that is surer, pixels of both over"
              + " pixels of either, 0 to 1. Default: 0.5.")
  private Double overlap;

  /** Whether parts are captioned. */
  boolean on() {
    return on;
  }

  /**
   * Checks the options.
   *
   * @throws picocli.CommandLine.ParameterException if one is out of its range, or given without
   *     --regions
   */
  void check(CommandSpec spec) {
    String alone =
        model != null
            ? "--region-model"
            : boxes != null
                ? "--region-boxes"
                : most != null ? "--most-regions" : overlap != null ? "--region-overlap" : null;
    Require.that(spec, on || alone == null, "%s needs --regions.", alone);
    if (most != null) {
      Require.range(spec, "--most-regions", most, 1, 1000);
    }
    if (overlap != null) {
      Require.range(spec, "--region-overlap", overlap, 0.0, 1.0);
    }
  }

  /** Which captions of parts are kept. */
  DistinctRegions distinct() {
    DistinctRegions usual = DistinctRegions.USUAL;
    return new DistinctRegions(
        overlap == null ? usual.mostOverlap() : overlap, most == null ? usual.most() : most);
  }

  /**
   * The parts of a picture, by its file.
   *
   * @throws io.caption4j.data.DataException if the file of boxes cannot be read
   */
  Function<Path, RegionProposer> proposers() {
    if (boxes == null) {
      RegionProposer windows = new GridWindows();
      return file -> windows;
    }
    return BoxFile.read(boxes)::of;
  }

  /**
   * The captioner of parts.
   *
   * @throws Caption4jException if no model was named, since none is bundled
   */
  Captioner captioner(EncoderEngine engine) {
    if (model == null) {
      throw new Caption4jException(
          "--regions needs a model for parts of pictures: make one with 'caption4j align snippets"
              + " --data DIR --out SNIPPETS' and 'caption4j train --data SNIPPETS --decoder show-tell"
              + " --out RUN', then name it with --region-model RUN/model.c4j.");
    }
    return Captioner.load(model, engine);
  }
}
