package io.caption4j.data.report;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Problem;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import io.caption4j.data.ValidationSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a data set holds, what is wrong in it, and whether it can be trained on.
 *
 * @param layout as {@link CaptionDataset#layout()}
 * @param source as {@link CaptionDataset#source()}
 * @param folders where its pictures lie, as far as they were found
 * @param remarks as {@link CaptionDataset#remarks()}, and whether the validation split is too small
 * @param splits all three, also those that have no pictures
 * @param decoded whether each picture was decoded; else only headers were looked at
 * @param captions numbers of captions and words
 * @param problems all of its files, its pictures and its splits
 * @param obstacles why it cannot be trained on; empty if it can
 */
public record DatasetReport(
    String layout,
    Path source,
    List<Path> folders,
    List<String> remarks,
    List<SplitCount> splits,
    boolean decoded,
    CaptionStatistics captions,
    List<Problem> problems,
    List<String> obstacles) {
  /**
   * The layouts that have a folder of pictures for each split, and may have equal names in them.
   */
  private static final Set<String> FOLDERS = Set.of("imagefolder", "sidecar");

  /**
   * The size of a split.
   *
   * @param split which
   * @param pictures that have captions
   * @param readable those of them whose file is in order
   * @param captions of all of them
   */
  public record SplitCount(Split split, int pictures, int readable, int captions) {}

  /** Copies the lists. */
  public DatasetReport {
    folders = List.copyOf(folders);
    remarks = List.copyOf(remarks);
    splits = List.copyOf(splits);
    problems = List.copyOf(problems);
    obstacles = List.copyOf(obstacles);
  }

  /**
   * Looks through a data set; reads all its pictures.
   *
   * @param dataset as {@code CaptionDatasets.inspect} gives it
   * @param decode whether pictures are decoded too
   */
  public static DatasetReport of(CaptionDataset dataset, boolean decode, Progress progress) {
    List<CaptionedImage> images = dataset.images();
    List<Path> files = images.stream().map(CaptionedImage::path).distinct().toList();
    PictureCheck pictures = PictureCheck.of(files, decode, progress);
    List<Problem> problems = new ArrayList<>(dataset.problems());
    problems.addAll(pictures.problems());
    List<Path> folders =
        pictures.hashes().keySet().stream().map(DatasetReport::folder).distinct().sorted().toList();
    List<Path> named = new ArrayList<>(files); // the layout may have named the others already
    dataset.problems().stream()
        .filter(problem -> problem.kind() == Problem.Kind.FILE_WITHOUT_CAPTION)
        .forEach(problem -> named.add(problem.file()));
    problems.addAll(UncaptionedFiles.in(folders, named));
    if (!FOLDERS.contains(dataset.layout())) {
      problems.addAll(Overlap.names(images));
    }
    problems.addAll(Overlap.contents(images, pictures.hashes()));
    List<SplitCount> splits =
        Arrays.stream(Split.values())
            .map(split -> count(split, dataset.images(split), pictures.hashes().keySet()))
            .toList();
    CaptionStatistics captions = CaptionStatistics.of(images, progress);
    List<String> remarks = new ArrayList<>(dataset.remarks());
    int validation = splits.get(Split.VAL.ordinal()).readable();
    if (validation > 0) {
      ValidationSize.warning(validation).ifPresent(remarks::add);
    }
    return new DatasetReport(
        dataset.layout(),
        dataset.source(),
        folders,
        remarks,
        splits,
        decode,
        captions,
        problems,
        obstacles(splits, captions, problems));
  }

  private static Path folder(Path picture) {
    return picture.getParent() == null ? Path.of("") : picture.getParent();
  }

  private static SplitCount count(Split split, List<CaptionedImage> images, Set<Path> readable) {
    return new SplitCount(
        split,
        images.size(),
        (int) images.stream().filter(image -> readable.contains(image.path())).count(),
        images.stream().mapToInt(image -> image.captions().size()).sum());
  }

  private static List<String> obstacles(
      List<SplitCount> splits, CaptionStatistics captions, List<Problem> problems) {
    List<String> obstacles = new ArrayList<>();
    counts(problems)
        .forEach(
            (kind, count) -> {
              if (kind.fatal()) {
                obstacles.add("%s: %d.".formatted(kind.label(), count));
              }
            });
    for (SplitCount count : splits) {
      if (count.split() != Split.TEST && count.readable() == 0) {
        String label = count.split().label();
        obstacles.add(
            count.pictures() == 0
                ? "It has no pictures in split '%s'.".formatted(label)
                : "None of the %d pictures of split '%s' can be read; --images DIR names their folder."
                    .formatted(count.pictures(), label));
      }
    }
    if (captions.vocabulary().get(0).words() == 0) {
      obstacles.add("No training caption has a word.");
    }
    return obstacles;
  }

  /** How many problems of each kind there are, for the kinds that there are. */
  public Map<Problem.Kind, Long> counts() {
    return counts(problems);
  }

  private static Map<Problem.Kind, Long> counts(List<Problem> problems) {
    return problems.stream()
        .collect(
            Collectors.groupingBy(
                Problem::kind, () -> new EnumMap<>(Problem.Kind.class), Collectors.counting()));
  }

  /** Whether {@code caption4j train} would begin. */
  public boolean trainable() {
    return obstacles.isEmpty();
  }
}
