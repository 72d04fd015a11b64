package io.caption4j.data;

import java.nio.file.Path;
import java.util.List;

/**
 * The pictures that were found in files and folders.
 *
 * @param pictures those of a folder sorted by path
 * @param problems a sentence for each thing that cannot be read or has no pictures
 * @param passedOver the files beside them that are not named like pictures
 */
public record FoundImages(List<Path> pictures, List<String> problems, PassedOver passedOver) {
  /** Copies the lists. */
  public FoundImages {
    pictures = List.copyOf(pictures);
    problems = List.copyOf(problems);
  }

  static FoundImages problem(String sentence) {
    return new FoundImages(List.of(), List.of(sentence), PassedOver.NONE);
  }
}
