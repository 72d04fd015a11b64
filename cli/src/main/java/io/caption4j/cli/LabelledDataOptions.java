package io.caption4j.cli;

import io.caption4j.classify.LabelledDataset;
import io.caption4j.classify.LabelledDatasets;
import java.nio.file.Path;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Which pictures with classes are read, or which features of them. */
final class LabelledDataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR|FILE.csv",
      required = true,
      description =
          "A folder with a sub-folder of pictures for each class, with train, val and test above"
              + " them or without; or a table image,label[,split]. What has no split is divided by"
              + " --seed.")
  private Path data;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "The folder of a table's pictures, if they do not lie beside it or in images/.")
  private Path images;

  @Option(
      names = "--features",
      paramLabel = "FILE.npy",
      description =
          "Features of the pictures instead of the encoder's, (N, C), from any model; the"
              + " pictures' names lie in FILE.txt, one a line, as 'caption4j features' writes them.")
  private Path features;

  Path data() {
    return data;
  }

  /** The folder of a table's pictures; null if none was named. */
  Path images() {
    return images;
  }

  /** The file of features; null if pictures are encoded. */
  Path features() {
    return features;
  }

  /** The exit code of a command that did its work: 1 if a part of the folder cannot be read. */
  int exitCode() {
    return LabelledDatasets.incomplete(data) ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /**
   * Reads the data set, and tells what there is to tell of it.
   *
   * @param seed draws the split if there is none
   * @throws io.caption4j.data.DataException if it cannot be read
   */
  LabelledDataset open(long seed, Console console) {
    LabelledDataset dataset = LabelledDatasets.open(data, images, seed);
    dataset.notes().forEach(console::message);
    return dataset;
  }
}
