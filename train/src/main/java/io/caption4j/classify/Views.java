package io.caption4j.classify;

import io.caption4j.data.Augmentation;
import io.caption4j.encoder.AugmentedEncoder;
import io.caption4j.encoder.ImageEncoder;
import java.util.List;

/**
 * In which positions a picture is looked at when it is classified. The probabilities are the mean
 * over all of them: better, in so many times the time.
 */
public enum Views {
  /** As it is. */
  ONE(List.of(Augmentation.NONE)),
  /** Mirrored left to right too. */
  MIRRORED(Augmentation.MIRRORED),
  /** Turned by 90, 180 and 270 degrees and mirrored, eight in all, if there is no up and down. */
  TURNED(Augmentation.ALL.stream().filter(variant -> !variant.crops()).toList());

  private final List<Augmentation> variants;

  Views(List<Augmentation> variants) {
    this.variants = variants;
  }

  /** The encoder for each position, the picture as it is first; closing one closes all. */
  List<ImageEncoder> of(ImageEncoder encoder) {
    // None is cropped, so that there is nothing to be drawn by a seed.
    return variants.stream().map(view -> AugmentedEncoder.of(encoder, view, 0)).toList();
  }
}
