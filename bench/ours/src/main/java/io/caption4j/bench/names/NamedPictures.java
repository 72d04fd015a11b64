package io.caption4j.bench.names;

import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Split;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.ImageNetClassifier;
import io.caption4j.encoder.detect.ImageNetWords;
import io.caption4j.encoder.detect.ObjectDetector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pictures with captions, and what detector and classifier say of them at low thresholds. */
final class NamedPictures {
  static final double LEAST = 0.2; // of any threshold
  private static final int BATCH = 8;

  private NamedPictures() {}

  /**
   * A picture.
   *
   * @param text its captions, as {@link CaptionWords#text} has them
   */
  record Picture(String text, List<DetectedObject> objects, Map<String, Double> words) {}

  /** The pictures of a split with so many captions or more. */
  static List<Picture> of(Path data, Split split, int captions, ObjectDetector detector) {
    List<CaptionedImage> images =
        CaptionDatasets.open(data, null, 1).images().stream()
            .filter(image -> image.split() == split && image.captions().size() >= captions)
            .toList();
    ImageLoader loader = new ImageLoader();
    ImageNetClassifier classifier = new ImageNetClassifier();
    ImageNetWords words = ImageNetWords.bundled();
    List<Picture> named = new ArrayList<>();
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      for (int from = 0; from < images.size(); from += BATCH) {
        List<CaptionedImage> part = images.subList(from, Math.min(images.size(), from + BATCH));
        List<Pixels> pixels = part.stream().map(image -> loader.load(image.path())).toList();
        List<List<DetectedObject>> objects =
            detector.detect(pixels, new DetectionSettings(LEAST, DetectionSettings.MOST));
        float[] pooled = encoder.encodePooled(pixels);
        for (int i = 0; i < part.size(); i++) {
          int channels = ImageNetClassifier.CHANNELS;
          float[] row = Arrays.copyOfRange(pooled, i * channels, (i + 1) * channels);
          named.add(
              new Picture(
                  CaptionWords.text(part.get(i).captions()),
                  objects.get(i),
                  words.of(classifier.probabilities(row), LEAST)));
        }
      }
    }
    return named;
  }
}
