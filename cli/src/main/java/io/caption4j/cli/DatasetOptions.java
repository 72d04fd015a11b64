package io.caption4j.cli;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.Problem;
import java.nio.file.Path;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Which data set is read. */
final class DatasetOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "The data set's folder, or its caption file: Flickr8k's or Flickr30k's own layout,"
              + " Karpathy's dataset_*.json, COCO's captions_*.json, an imagefolder's"
              + " metadata.jsonl, VizWiz's or LAVIS's JSON, or a table whose columns are called"
              + " image and caption or the like.")
  private Path data;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "The folder of its pictures, if they do not lie in the data set's folder.")
  private Path images;

  private boolean partly; // whether some of it cannot be read

  /** The data set's folder or caption file. */
  Path data() {
    return data;
  }

  /** The folder of the pictures; null if none was named. */
  Path images() {
    return images;
  }

  /** The exit code of a command that did its work: 1 if a part of the folder cannot be read. */
  int exitCode() {
    boolean whole = !partly && CaptionDatasets.unreadable(data).isEmpty();
    return whole ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /**
   * Reads it, and tells what there is to tell of it.
   *
   * @param seed draws the split of a layout that has none
   * @throws io.caption4j.data.DataException if it cannot be read
   */
  CaptionDataset open(long seed, Console console) {
    CaptionDataset dataset = CaptionDatasets.open(data, images, seed);
    partly = dataset.problems().stream().anyMatch(p -> p.kind() == Problem.Kind.UNREADABLE);
    dataset.notes().forEach(console::message);
    return dataset;
  }
}
