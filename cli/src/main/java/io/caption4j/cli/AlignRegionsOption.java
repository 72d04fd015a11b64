package io.caption4j.cli;

import io.caption4j.align.Aligner;
import io.caption4j.align.BoxFile;
import io.caption4j.align.GridWindows;
import io.caption4j.align.RegionFeatures;
import io.caption4j.align.RegionProposer;
import io.caption4j.align.RegionVectors;
import io.caption4j.data.Pixels;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which parts of a picture words may belong to. */
final class AlignRegionsOption {
  private static final String WINDOWS = "windows";
  private static final String CROPS = "crops";

  @Option(
      names = "--regions",
      paramLabel = "windows|crops|FILE.json",
      defaultValue = WINDOWS,
      description =
          "The parts of a picture: windows (the whole and 19 windows over its feature grid), crops"
              + " (the same, each cut out and encoded by itself, which takes longer), or a file of"
              + " boxes of any detector, {\"dog.jpg\": [[x, y, width, height], ...]}. Default:"
              + " windows.")
  private String regions;

  /** Gives the regions of a picture. */
  @FunctionalInterface
  interface Source {
    /**
     * The regions of one picture.
     *
     * @throws io.caption4j.align.AlignException if a file of boxes does not fit it
     */
    RegionVectors of(Path file, Pixels picture);
  }

  /**
   * Checks the option, and reads a file of boxes.
   *
   * @return what to do with an aligner
   * @throws picocli.CommandLine.ParameterException if it is neither a kind nor a .json file
   * @throws io.caption4j.data.DataException if the file cannot be read
   */
  Function<Aligner, Source> source(CommandSpec spec) {
    if (regions.equals(WINDOWS) || regions.equals(CROPS)) {
      RegionFeatures features =
          regions.equals(WINDOWS) ? RegionFeatures.GRID : RegionFeatures.CROPS;
      RegionProposer windows = new GridWindows();
      return aligner -> (file, picture) -> encode(aligner, windows, features, picture);
    }
    Require.that(
        spec,
        regions.endsWith(".json"),
        "--regions must be windows, crops or a file that ends in .json, found '%s'.",
        regions);
    BoxFile boxes = BoxFile.read(Path.of(regions));
    return aligner ->
        (file, picture) -> encode(aligner, boxes.of(file), RegionFeatures.GRID, picture);
  }

  private static RegionVectors encode(
      Aligner aligner, RegionProposer proposer, RegionFeatures features, Pixels picture) {
    return aligner.regions(List.of(picture), proposer, features).get(0);
  }
}
