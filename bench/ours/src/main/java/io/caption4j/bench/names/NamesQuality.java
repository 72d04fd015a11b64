package io.caption4j.bench.names;

import io.caption4j.bench.names.NamedPictures.Picture;
import io.caption4j.data.Split;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.Detectors;
import io.caption4j.encoder.detect.ImageNetWords;
import io.caption4j.encoder.detect.NameSettings;
import io.caption4j.encoder.detect.ObjectDetector;
import io.caption4j.encoder.detect.PictureConcept;
import io.caption4j.encoder.detect.PictureNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Precision and recall of a picture's names against its captions: {@code NamesQuality DATA
 * train|val [CAPTIONS]}; CAPTIONS is the least number of captions of a picture (5). A name is right
 * if a caption mentions it or what it is a part of ({@link CaptionWords}), and strictly right if a
 * caption mentions it; recall is of the detector's classes that captions mention.
 */
public final class NamesQuality {
  private static final double NEVER = 1;
  private static final int USUAL_CAPTIONS = 5;

  private final ObjectDetector detector;
  private final List<Picture> pictures;
  private final CaptionWords captionWords = new CaptionWords();
  private final ImageNetWords table = ImageNetWords.bundled();

  private NamesQuality(ObjectDetector detector, List<Picture> pictures) {
    this.detector = detector;
    this.pictures = pictures;
  }

  /** Prints the tables. */
  public static void main(String[] args) {
    int captions = args.length > 2 ? Integer.parseInt(args[2]) : USUAL_CAPTIONS;
    try (ObjectDetector detector = Detectors.bundled()) {
      Split split = Split.valueOf(args[1].toUpperCase(Locale.ROOT));
      List<Picture> pictures = NamedPictures.of(Path.of(args[0]), split, captions, detector);
      System.out.printf("%d pictures with %d captions or more%n", pictures.size(), captions);
      NamesQuality quality = new NamesQuality(detector, pictures);
      System.out.printf("%-27s names precision strict recall%n", "detector classifier support");
      for (double threshold : new double[] {0.3, 0.4, 0.5, 0.6, 0.7}) {
        quality.print(new NameSettings(threshold, NEVER, threshold));
      }
      for (double threshold : new double[] {0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
        quality.print(new NameSettings(NEVER, threshold, NEVER));
      }
      for (double threshold : new double[] {0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
        quality.print(new NameSettings(0.5, threshold, 0.3));
      }
      quality.wrong(new NameSettings(NEVER, 0.5, NEVER));
    }
  }

  private void print(NameSettings settings) {
    PictureNames names = new PictureNames(detector, settings);
    int given = 0;
    int right = 0;
    int strict = 0;
    int mentioned = 0;
    int found = 0;
    for (Picture picture : pictures) {
      List<PictureConcept> concepts = concepts(names, settings, picture);
      given += concepts.size();
      right +=
          (int)
              concepts.stream()
                  .filter(concept -> captionWords.supports(picture.text(), concept.word()))
                  .count();
      strict +=
          (int)
              concepts.stream()
                  .filter(concept -> captionWords.mentions(picture.text(), concept.word()))
                  .count();
      for (String name : detector.classes().names()) {
        if (captionWords.mentions(picture.text(), name)) {
          mentioned++;
          found += concepts.stream().anyMatch(concept -> means(concept, name)) ? 1 : 0;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%8s %10s %7s %5d %9.3f %6.3f %6.3f%n",
        text(settings.detector()),
        text(settings.classifier()),
        text(settings.support()),
        given,
        (double) right / Math.max(1, given),
        (double) strict / Math.max(1, given),
        (double) found / Math.max(1, mentioned));
  }

  private boolean means(PictureConcept concept, String name) {
    return concept.word().equals(name) || table.kinds(concept.word()).contains(name);
  }

  private List<PictureConcept> concepts(
      PictureNames names, NameSettings settings, Picture picture) {
    List<DetectedObject> objects =
        picture.objects().stream().filter(object -> object.score() >= settings.support()).toList();
    Map<String, Double> words =
        picture.words().entrySet().stream()
            .filter(word -> word.getValue() >= settings.classifier())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return names.combine(objects, words);
  }

  /** The classifier's words that captions do not mention, most frequent first. */
  private void wrong(NameSettings settings) {
    PictureNames names = new PictureNames(detector, settings);
    Map<String, int[]> counts = new TreeMap<>();
    for (Picture picture : pictures) {
      for (PictureConcept concept : concepts(names, settings, picture)) {
        int[] count = counts.computeIfAbsent(concept.word(), word -> new int[2]);
        count[captionWords.supports(picture.text(), concept.word()) ? 0 : 1]++;
      }
    }
    System.out.println("the classifier's words at " + settings.classifier() + ", right and wrong");
    counts.entrySet().stream()
        .sorted((a, b) -> b.getValue()[1] - a.getValue()[1])
        .forEach(
            entry ->
                System.out.printf(
                    "%s %d %d; ", entry.getKey(), entry.getValue()[0], entry.getValue()[1]));
    System.out.println();
  }

  private static String text(double threshold) {
    return threshold == NEVER ? "-" : String.valueOf(threshold);
  }
}
