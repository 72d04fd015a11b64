package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.Progress;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures a classifier on pictures whose classes are known. */
public final class ClassifierEvaluator {
  private ClassifierEvaluator() {}

  /**
   * Classifies pictures by their cached features.
   *
   * @param images of one split
   * @param views in which positions they are looked at
   * @param cache the folder of caches
   * @param engine runs the encoder
   * @throws DataException if a picture's class is none of the model's, or no picture can be read
   */
  public static Confusion evaluate(
      ClassifierModel model,
      List<LabelledImage> images,
      Views views,
      Path cache,
      EncoderEngine engine,
      Progress progress) {
    requireKnown(model, images);
    try (ImageEncoder encoder = model.encoder(engine)) {
      List<LabelledFeatures> seen = new ArrayList<>();
      for (ImageEncoder view : views.of(encoder)) {
        seen.add(FeatureRows.encode(images, view, cache, progress).of(images, model.classes()));
      }
      return count(model.classes(), model.head(), seen);
    }
  }

  /**
   * Classifies features of a file.
   *
   * @param features .npy of the model's features, names beside it
   * @throws DataException if a picture has no row, or its class is none of the model's
   */
  public static Confusion evaluate(
      ClassifierModel model, List<LabelledImage> images, Path features) {
    requireKnown(model, images);
    LabelledFeatures read = FeatureRows.read(images, features).of(images, model.classes());
    return count(model.classes(), model.head(), List.of(read));
  }

  private static void requireKnown(ClassifierModel model, List<LabelledImage> images) {
    for (LabelledImage image : images) {
      if (!model.classes().contains(image.label())) {
        throw new DataException(
            "%s is of the class '%s', which the classifier does not know; it knows %s."
                .formatted(image.path(), image.label(), String.join(", ", model.classes())));
      }
    }
  }

  /** What a head makes of the same pictures' features in each view. */
  private static Confusion count(
      List<String> classes, LinearHead head, List<LabelledFeatures> views) {
    int[] labels = views.get(0).labels();
    int[][] counts = new int[classes.size()][classes.size()];
    for (int i = 0; i < labels.length; i++) {
      int picture = i;
      List<float[]> seen = views.stream().map(view -> view.of(picture)).toList();
      counts[labels[i]][argmax(head.probabilities(seen))]++;
    }
    return new Confusion(classes, counts);
  }

  /** The place of the largest value, the first of equals. */
  static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
