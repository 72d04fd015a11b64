package io.caption4j.encoder.detect;

import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a picture shows, in plain words, from the detector's objects and the classifier's words
 * together.
 *
 * <ul>
 *   <li>The detector's objects count by their names, each name once, with its best object's box.
 *   <li>The classifier's word gets the box of an object of that name, or of one that it is a kind
 *       of (a duck, that of a bird).
 *   <li>Where they contradict each other the detector wins: an animal that the classifier names is
 *       left out if the detector has found animals, but none that it could be. So are vehicles.
 * </ul>
 *
 * Safe to share between threads.
 */
public final class PictureNames {
  private final ObjectDetector detector;
  private final ImageNetClassifier classifier = new ImageNetClassifier();
  private final ImageNetWords words = ImageNetWords.bundled();
  private final NameSettings settings;

  /**
   * Makes one.
   *
   * @param detector the bundled one, or another that has COCO's names; it is not closed here
   */
  public PictureNames(ObjectDetector detector, NameSettings settings) {
    this.detector = detector;
    this.settings = settings;
  }

  /**
   * The concepts of pictures.
   *
   * @param pictures N of them, at least one
   * @param pooled (N, 1280), of the pretrained encoder (see {@link ImageNetClassifier})
   * @return a list for each picture, best first; boxes are in the picture's pixels
   */
  public List<List<PictureConcept>> of(List<Pixels> pictures, float[] pooled) {
    if (pooled.length != pictures.size() * ImageNetClassifier.CHANNELS) {
      throw new IllegalArgumentException(
          "Expected %d pooled features for each of %d pictures, found %d."
              .formatted(ImageNetClassifier.CHANNELS, pictures.size(), pooled.length));
    }
    List<List<DetectedObject>> objects =
        detector.detect(
            pictures, new DetectionSettings(settings.support(), DetectionSettings.MOST));
    List<List<PictureConcept>> concepts = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      concepts.add(combine(objects.get(i), classify(row(pooled, i))));
    }
    return concepts;
  }

  /**
   * The objects of pictures that count: those that are sure enough, and doubtful ones that the
   * classifier names too.
   *
   * @param pictures N of them, at least one
   * @param encoder gives pooled features of the pretrained encoder; asked for pictures with
   *     doubtful objects only
   * @param most objects of a picture
   * @return a list for each picture, best first
   */
  public List<List<DetectedObject>> objects(
      List<Pixels> pictures, Function<List<Pixels>, float[]> encoder, int most) {
    List<List<DetectedObject>> all =
        detector.detect(
            pictures, new DetectionSettings(settings.support(), DetectionSettings.MOST));
    List<Integer> doubtful =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).stream().anyMatch(object -> !sure(object)))
            .boxed()
            .toList();
    List<Set<String>> named = new ArrayList<>(Collections.nCopies(all.size(), Set.of()));
    if (!doubtful.isEmpty()) {
      float[] pooled = encoder.apply(doubtful.stream().map(pictures::get).toList());
      for (int i = 0; i < doubtful.size(); i++) {
        named.set(doubtful.get(i), classify(row(pooled, i)).keySet());
      }
    }
    List<List<DetectedObject>> counted = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Set<String> words = named.get(i);
      counted.add(
          all.get(i).stream()
              .filter(object -> sure(object) || words.contains(object.name()))
              .limit(most)
              .toList());
    }
    return counted;
  }

  private boolean sure(DetectedObject object) {
    return object.score() >= settings.detector();
  }

  private static float[] row(float[] pooled, int i) {
    float[] row = new float[ImageNetClassifier.CHANNELS];
    System.arraycopy(pooled, i * row.length, row, 0, row.length);
    return row;
  }

  /**
   * The classifier's words for a picture.
   *
   * @param pooled (1280), of the pretrained encoder
   * @return words that count, with their probabilities, best first
   */
  public Map<String, Double> classify(float[] pooled) {
    return words.of(classifier.probabilities(pooled), settings.classifier());
  }

  /**
   * Puts together what detector and classifier say of one picture.
   *
   * @param objects best first, from the settings' support on; fewer are found if it was higher
   * @param classified words that count, with their probabilities
   * @return best first
   */
  public List<PictureConcept> combine(
      List<DetectedObject> objects, Map<String, Double> classified) {
    Map<String, PictureConcept> concepts = new LinkedHashMap<>();
    for (DetectedObject object : objects) {
      if (sure(object)) {
        concepts.putIfAbsent(
            object.name(), new PictureConcept(object.name(), object.score(), object.box()));
      }
    }
    classified.forEach(
        (word, probability) -> {
          if (!contradicted(word, objects)) {
            PictureConcept known = concepts.get(word);
            double score = known == null ? probability : Math.max(known.score(), probability);
            ObjectBox box = boxOf(word, objects).map(DetectedObject::box).orElse(null);
            concepts.put(word, new PictureConcept(word, score, box));
          }
        });
    return concepts.values().stream()
        .sorted(Comparator.comparingDouble(PictureConcept::score).reversed())
        .toList();
  }

  /** The best object that a word can mean. */
  private Optional<DetectedObject> boxOf(String word, List<DetectedObject> objects) {
    return objects.stream()
        .filter(object -> object.name().equals(word))
        .findFirst()
        .or(
            () ->
                objects.stream()
                    .filter(object -> words.kinds(word).contains(object.name()))
                    .findFirst());
  }

  private boolean contradicted(String word, List<DetectedObject> objects) {
    Set<String> kinds = words.kinds(word);
    for (ConceptGroup group : ConceptGroup.values()) {
      if (group.has(word, kinds)) {
        List<String> rivals =
            objects.stream()
                .filter(this::sure)
                .map(DetectedObject::name)
                .filter(name -> group.has(name, Set.of()))
                .toList();
        if (!rivals.isEmpty()
            && rivals.stream().noneMatch(name -> name.equals(word) || kinds.contains(name))) {
          return true;
        }
      }
    }
    return false;
  }
}
