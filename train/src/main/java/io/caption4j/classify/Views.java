package io.caption4j.classify;

import io.caption4j.data.Augmentation;
import java.util.List;

/**
 * In which positions a picture is looked at when it is classified. The probabilities are the mean
 * over all of them: better, in so many times the time.
 */
public enum Views {
  /** As it is. */
  ONE(List.of(Augmentation.NONE)),
  /** Mirrored left to right too. */
  MIRRORED(List.of(Augmentation.NONE, Augmentation.FLIP)),
  /** Turned by 90, 180 and 270 degrees and mirrored, eight in all, if there is no up and down. */
  TURNED(Augmentation.ALL.stream().filter(variant -> !variant.crops()).toList());

  private final List<Augmentation> variants;

  Views(List<Augmentation> variants) {
    this.variants = variants;
  }

  /** The positions, the picture as it is first. */
  public List<Augmentation> variants() {
    return variants;
  }
}
