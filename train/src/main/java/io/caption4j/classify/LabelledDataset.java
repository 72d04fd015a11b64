package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pictures with classes, divided into splits.
 *
 * @param source the folder or table that it was read from
 * @param images in a fixed order, each with a split
 * @param notes what the user should know about how it was read
 */
public record LabelledDataset(Path source, List<LabelledImage> images, List<String> notes) {
  /**
   * Checks that there is something to learn: two classes or more, and training pictures of each.
   */
  public LabelledDataset {
    images = List.copyOf(images);
    notes = List.copyOf(notes);
    Set<String> trained = new HashSet<>();
    for (LabelledImage image : images) {
      if (image.split() == Split.TRAIN) {
        trained.add(image.label());
      }
    }
    for (LabelledImage image : images) {
      if (!trained.contains(image.label())) {
        throw new DataException(
            "%s: the class '%s' has no training picture, only %s of split '%s'."
                .formatted(source, image.label(), image.name(), image.split().label()));
      }
    }
    if (trained.size() < 2) {
      throw new DataException(
          "%s: expected pictures of two classes or more, found %s."
              .formatted(
                  source,
                  trained.isEmpty()
                      ? "none"
                      : "the class '%s' alone".formatted(trained.toArray())));
    }
  }

  /** The names of the classes, sorted; a class's number is its place. */
  public List<String> classes() {
    return List.copyOf(
        new TreeSet<>(images.stream().map(LabelledImage::label).toList()).stream().toList());
  }

  /** The pictures of a split, in order; may be none. */
  public List<LabelledImage> of(Split split) {
    return images.stream().filter(image -> image.split() == split).toList();
  }

  /**
   * The pictures of a split.
   *
   * @throws DataException if it has none
   */
  public List<LabelledImage> require(Split split) {
    List<LabelledImage> found = of(split);
    if (found.isEmpty()) {
      throw new DataException(
          "%s has no pictures of split '%s'; it has %s."
              .formatted(
                  source,
                  split.label(),
                  String.join(
                      ", ",
                      images.stream().map(i -> i.split().label()).distinct().sorted().toList())));
    }
    return found;
  }

  /**
   * The same data set with some training pictures of each class alone; other splits stay. What a
   * smaller number takes is part of what a larger one takes.
   *
   * @param count training pictures a class, 1 or more; 0 for all
   * @param seed of the choice
   */
  public LabelledDataset perClass(int count, long seed) {
    if (count == 0) {
      return this;
    }
    Map<String, List<LabelledImage>> byClass = new HashMap<>();
    of(Split.TRAIN)
        .forEach(i -> byClass.computeIfAbsent(i.label(), label -> new ArrayList<>()).add(i));
    Set<LabelledImage> kept = new HashSet<>();
    List<String> classes = classes();
    for (int c = 0; c < classes.size(); c++) {
      List<LabelledImage> drawn = byClass.get(classes.get(c));
      Collections.shuffle(drawn, new Random(seed * 31 + c));
      kept.addAll(drawn.subList(0, Math.min(count, drawn.size())));
    }
    return new LabelledDataset(
        source,
        images.stream().filter(i -> i.split() != Split.TRAIN || kept.contains(i)).toList(),
        notes);
  }
}
