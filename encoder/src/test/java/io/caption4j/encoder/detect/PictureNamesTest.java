package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureNamesTest {
  private static ObjectDetector detector;
  private static PictureNames names;

  @BeforeAll
  static void open() {
    detector = Detectors.bundled();
    names = new PictureNames(detector, NameSettings.USUAL);
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  // Objects and the classifier's words as name:score, what comes out as name or name@object.
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dog:0.9            | -                 | dog@dog            | the detector alone",
        "dog:0.9 dog:0.8    | -                 | dog@dog            | a name once",
        "dog:0.4            | -                 | -                  | a doubtful object",
        "-                  | beach:0.8         | beach              | the classifier alone",
        "dog:0.4            | dog:0.8           | dog@dog            | each supports the other",
        "dog:0.9            | wolf:0.8          | dog@dog wolf@dog   | a kind of it",
        "bird:0.9           | duck:0.8          | bird@bird duck@bird | a kind of it",
        "dog:0.9            | sheep:0.8         | dog@dog            | another animal",
        "dog:0.9            | monkey:0.95       | dog@dog            | an animal that COCO lacks",
        "dog:0.9 sheep:0.6  | sheep:0.8         | dog@dog sheep@sheep | one of two animals",
        "dog:0.4            | monkey:0.95       | monkey             | a doubtful object is no witness",
        "bus:0.9            | train:0.8         | bus@bus            | another vehicle",
        "bus:0.9            | fire_truck:0.8    | bus@bus            | a vehicle of another kind",
        "truck:0.9          | fire_truck:0.8    | truck@truck fire_truck@truck | a kind of it",
        "dog:0.9            | train:0.8         | dog@dog train      | animal and vehicle",
        "horse:0.9          | carriage:0.8      | horse@horse carriage@horse | animal or vehicle",
        "person:0.9         | beach:0.8         | person@person beach | no group at all",
        "cup:0.9            | pizza:0.8         | cup@cup pizza      | food has no rivals",
      })
  void putsDetectorAndClassifierTogether(
      String objects, String classified, String expected, String what) {
    List<DetectedObject> found = new ArrayList<>();
    pairs(objects)
        .forEach(
            (name, score) -> found.add(new DetectedObject(name.split("#")[0], score, box(name))));
    Map<String, Double> words = new LinkedHashMap<>();
    pairs(classified).forEach((name, score) -> words.put(name.split("#")[0], score));

    List<PictureConcept> concepts = names.combine(found, words);

    List<String> said =
        concepts.stream()
            .map(
                concept ->
                    concept.word().replace(' ', '_')
                        + concept.where().map(box -> "@" + nameOf(box, found)).orElse(""))
            .toList();
    assertThat(said)
        .as(what)
        .containsExactlyInAnyOrder(expected.equals("-") ? new String[0] : expected.split(" "));
  }

  @Test
  void theBestScoreAndBoxCount() {
    ObjectBox best = new ObjectBox(1, 2, 3, 4);
    List<DetectedObject> found =
        List.of(
            new DetectedObject("bear", 0.8, best),
            new DetectedObject("bear", 0.6, new ObjectBox(5, 6, 7, 8)));
    assertThat(names.combine(found, Map.of("bear", 0.95)))
        .containsExactly(new PictureConcept("bear", 0.95, best));
    assertThat(names.combine(found, Map.of("bear", 0.7, "beach", 0.75)))
        .containsExactly(
            new PictureConcept("bear", 0.8, best), new PictureConcept("beach", 0.75, null));
  }

  @Test
  void namesWhatTheSamplesShow() {
    List<Pixels> pictures =
        List.of(
            GoldenObjects.picture("bear.jpg"),
            GoldenObjects.picture("tennis.jpg"),
            GoldenObjects.picture("skier.jpg"));
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      List<List<PictureConcept>> found = names.of(pictures, encoder.encodePooled(pictures));
      assertThat(found.get(0)).extracting(PictureConcept::word).containsExactly("bear");
      assertThat(found.get(1)).extracting(PictureConcept::word).contains("person", "tennis racket");
      assertThat(found.get(2)).extracting(PictureConcept::word).contains("person", "skis");
      assertThat(found.get(2)).allMatch(concept -> concept.where().isPresent());

      List<List<DetectedObject>> objects = names.objects(pictures, encoder::encodePooled, 100);
      assertThat(objects.get(1)).extracting(DetectedObject::name).contains("tennis racket");
      assertThat(objects.get(2)).extracting(DetectedObject::name).containsExactly("person", "skis");
      assertThat(names.objects(pictures, encoder::encodePooled, 1))
          .allMatch(one -> one.size() == 1);
    }
  }

  @Test
  void theClassifierSaysWhatTheOriginalSays() {
    Pixels bear = GoldenObjects.picture("bear.jpg");
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      float[] probabilities =
          new ImageNetClassifier().probabilities(encoder.encodePooled(List.of(bear)));
      assertThat(probabilities).hasSize(1000);
      assertThat(probabilities[294]).isGreaterThan(0.9f); // brown bear
      double sum = 0;
      for (float probability : probabilities) {
        sum += probability;
      }
      assertThat(sum).isBetween(0.9999, 1.0001);
    }
  }

  @Test
  void refusesFeaturesOfAnotherNetwork() {
    Pixels bear = GoldenObjects.picture("bear.jpg");
    assertThatThrownBy(() -> names.of(List.of(bear), new float[512]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1280");
    assertThatThrownBy(() -> names.classify(new float[512]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1280");
  }

  @ParameterizedTest
  @CsvSource({"0.5,0.7,0.6", "1.1,0.7,0.3", "0.5,-1,0.3", "NaN,0.7,0.3", "0.5,NaN,0.3"})
  void refusesSettingsOutOfRange(double detectorScore, double classifierScore, double support) {
    assertThatThrownBy(() -> new NameSettings(detectorScore, classifierScore, support))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Names with underscores and scores; a number makes equal names differ. */
  private static Map<String, Double> pairs(String text) {
    Map<String, Double> pairs = new LinkedHashMap<>();
    if (!text.equals("-")) {
      for (String pair : text.split(" +")) {
        String[] parts = pair.split(":");
        pairs.put(parts[0].replace('_', ' ') + "#" + pairs.size(), Double.valueOf(parts[1]));
      }
    }
    return pairs;
  }

  private static ObjectBox box(String name) {
    return new ObjectBox(name.hashCode() & 0xffff, 0, 1, 1);
  }

  private static String nameOf(ObjectBox box, List<DetectedObject> objects) {
    return objects.stream()
        .filter(object -> object.box().equals(box))
        .findFirst()
        .orElseThrow()
        .name()
        .replace(' ', '_');
  }
}
