package io.caption4j.classify;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Tells of pictures which class they are of. Safe to share between threads. */
public final class Classifier implements AutoCloseable {
  private final ClassifierModel model;
  private final ImageEncoder encoder;
  private final Views views;
  private final ImageLoader loader = new ImageLoader();

  /**
   * A class and how probable it is.
   *
   * @param label name of the class
   * @param probability 0 to 1
   */
  public record Prediction(String label, double probability) {}

  /**
   * Opens a model's encoder.
   *
   * @param views in which positions pictures are looked at
   * @throws ClassifyException if it was trained on a file of features, or another encoder
   */
  public Classifier(ClassifierModel model, Views views, EncoderEngine engine) {
    this.model = model;
    this.views = views;
    this.encoder = model.encoder(engine);
  }

  /**
   * Classifies a picture.
   *
   * @param picture a file
   * @return all classes, the most probable first
   * @throws io.caption4j.data.ImageException if it cannot be read
   */
  public List<Prediction> classify(Path picture) {
    Pixels pixels = loader.load(picture);
    List<float[]> seen = new ArrayList<>(); // (C) of each view
    for (ImageEncoder view : views.of(encoder)) {
      seen.add(view.encodePooled(List.of(pixels)));
    }
    double[] probabilities = model.head().probabilities(seen);
    return IntStream.range(0, probabilities.length)
        .mapToObj(k -> new Prediction(model.classes().get(k), probabilities[k]))
        .sorted(Comparator.comparingDouble(Prediction::probability).reversed())
        .toList();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
