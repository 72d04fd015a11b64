package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A caption data set: its pictures in the order of its file.
 *
 * @param layout the layout that was recognised, for example {@code flickr8k} or {@code karpathy}
 * @param source the file that the captions were read from, the first of several
 * @param images all pictures of all splits
 * @param remarks what a user should be told once, such as a split that was made here
 * @param problems what is wrong in its files, in the order in which it was found
 */
public record CaptionDataset(
    String layout,
    Path source,
    List<CaptionedImage> images,
    List<String> remarks,
    List<Problem> problems) {
  /** Copies the lists. */
  public CaptionDataset {
    images = List.copyOf(images);
    remarks = List.copyOf(remarks);
    problems = List.copyOf(problems);
  }

  /** A data set with nothing wrong in it. */
  public CaptionDataset(
      String layout, Path source, List<CaptionedImage> images, List<String> remarks) {
    this(layout, source, images, remarks, List.of());
  }

  /** The remarks, and one line for each kind of problem with how many there are and the first. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>(remarks);
    Map<Problem.Kind, Integer> counts = new EnumMap<>(Problem.Kind.class);
    Map<Problem.Kind, Problem> first = new EnumMap<>(Problem.Kind.class);
    for (Problem problem : problems) {
      counts.merge(problem.kind(), 1, Integer::sum);
      first.putIfAbsent(problem.kind(), problem);
    }
    counts.forEach(
        (kind, count) ->
            notes.add("%s: %d. The first: %s".formatted(kind.label(), count, first.get(kind))));
    if (!problems.isEmpty()) {
      notes.add("caption4j data DIR lists all that is wrong in a data set.");
    }
    return notes;
  }

  /** The pictures of one split, in the order of the file; may be empty. */
  public List<CaptionedImage> images(Split split) {
    return images.stream().filter(image -> image.split() == split).toList();
  }

  /**
   * The pictures of one split.
   *
   * @throws DataException if it has none; the message names the splits that do
   */
  public List<CaptionedImage> require(Split split) {
    List<CaptionedImage> found = images(split);
    if (found.isEmpty()) {
      throw new DataException(
          "%s has no pictures in split '%s'; it has %s."
              .formatted(
                  source,
                  split.label(),
                  String.join(
                      ", ",
                      images.stream().map(i -> i.split().label()).distinct().sorted().toList())));
    }
    return found;
  }
}
