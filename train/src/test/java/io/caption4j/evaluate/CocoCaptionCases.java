package io.caption4j.evaluate;

import java.util.List;

/**
 * Small hand-made candidates and references with their scores. The scores were computed by
 * pycocoevalcap 1.2 (its Bleu, Rouge and Cider classes, on these same tokens) and rounded to nine
 * decimals.
 */
final class CocoCaptionCases {
  private CocoCaptionCases() {}

  /** An image's candidate and references, and the scores that pycocoevalcap gives the image. */
  record Image(
      String candidate,
      List<String> references,
      double bleu1,
      double bleu4,
      double rougeL,
      double cider) {}

  /** What pycocoevalcap gives the whole set. */
  record Corpus(
      double bleu1, double bleu2, double bleu3, double bleu4, double rougeL, double cider) {}

  /** A set of images that is scored together. */
  record Case(String name, List<Image> images, Corpus expected) {
    List<List<String>> candidates() {
      return images.stream().map(image -> tokens(image.candidate())).toList();
    }

    List<List<List<String>>> references() {
      return images.stream()
          .map(image -> image.references().stream().map(CocoCaptionCases::tokens).toList())
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<String> tokens(String caption) {
    return caption.isEmpty() ? List.of() : List.of(caption.split(" "));
  }

  private static Image image(
      String candidate,
      List<String> references,
      double bleu1,
      double bleu4,
      double rougeL,
      double cider) {
    return new Image(candidate, references, bleu1, bleu4, rougeL, cider);
  }

  private static Corpus corpus(
      double bleu1, double bleu2, double bleu3, double bleu4, double rougeL, double cider) {
    return new Corpus(bleu1, bleu2, bleu3, bleu4, rougeL, cider);
  }

  static List<Case> all() {
    return List.of(
        new Case(
            "ordinary captions",
            List.of(
                image(
                    "a dog runs on the grass",
                    List.of("a dog runs through the grass", "a brown dog is running on grass"),
                    1.0,
                    8.409e-05,
                    0.833333333,
                    2.835505202),
                image(
                    "two men ride bikes",
                    List.of("two men are riding their bikes", "two cyclists ride bikes on a road"),
                    0.606530659,
                    1.5e-08,
                    0.579113924,
                    2.050425119),
                image(
                    "a cat sleeps",
                    List.of("a cat sleeps on a bed", "the cat is asleep"),
                    0.71653131,
                    0.02265871,
                    0.628865979,
                    2.79758185)),
            corpus(0.793922658, 0.664243352, 0.464288787, 6.6761e-05, 0.680437746, 2.561170724)),
        new Case(
            "words repeated beyond any reference",
            List.of(
                image(
                    "the the the the the the the",
                    List.of("the cat is on the mat", "there is a cat on the mat"),
                    0.285714286,
                    0.0,
                    0.31202046,
                    0.321956388),
                image(
                    "a dog a dog a dog",
                    List.of("a dog and a dog", "a dog plays"),
                    0.666666667,
                    1.2e-08,
                    0.739393939,
                    1.769753215)),
            corpus(0.461538462, 0.28968273, 2.105e-06, 6e-09, 0.5257072, 1.045854801)),
        new Case(
            "one candidate empty",
            List.of(
                image(
                    "",
                    List.of("a girl in a red coat", "a child stands in the snow"),
                    0.0,
                    0.0,
                    0.0,
                    0.0),
                image(
                    "a boy jumps into the water",
                    List.of("a boy jumps into a lake", "the boy dives into the water"),
                    1.0,
                    0.707106781,
                    0.666666667,
                    4.479166667)),
            corpus(0.367879441, 0.367879441, 0.334240654, 0.260130047, 0.333333333, 2.239583333)),
        new Case(
            "all candidates empty",
            List.of(
                image("", List.of("a girl in a red coat"), 0.0, 0.0, 0.0, 0.0),
                image("", List.of("a boy jumps into a lake", "the boy dives"), 0.0, 0.0, 0.0, 0.0)),
            corpus(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)),
        new Case(
            "single image",
            List.of(
                image(
                    "a dog runs on the grass",
                    List.of("a dog runs through the grass", "a dog runs"),
                    0.833333333,
                    8.0343e-05,
                    0.924242424,
                    0.0)),
            corpus(0.833333333, 0.707106781, 0.5, 8.0343e-05, 0.924242424, 0.0)),
        new Case(
            "longer than every reference",
            List.of(
                image(
                    "a man in a blue shirt is standing on a ladder cleaning a window",
                    List.of("a man cleans a window", "man on a ladder"),
                    0.428571429,
                    3.1615e-05,
                    0.493927126,
                    0.594899959),
                image(
                    "a child plays with a ball in the park near a tree",
                    List.of("a child plays", "a ball in the park"),
                    0.583333333,
                    0.410091445,
                    0.635416667,
                    1.941310404)),
            corpus(0.5, 0.456435465, 0.361772343, 0.262317051, 0.564671896, 1.268105181)),
        new Case(
            "shorter than every reference",
            List.of(
                image(
                    "a man",
                    List.of(
                        "a man in a blue shirt is standing on a ladder",
                        "a man cleans the windows of a tall building"),
                    0.030197383,
                    3.0197e-05,
                    0.326203209,
                    0.753966786),
                image(
                    "dog",
                    List.of(
                        "a brown dog runs through a field", "the dog chases a ball over the grass"),
                    0.002478752,
                    7.8e-08,
                    0.220216606,
                    0.622111161)),
            corpus(0.013123729, 0.013123729, 0.000131237, 1.3124e-05, 0.273209908, 0.688038974)),
        new Case(
            "references of equally close lengths",
            List.of(
                image("a b c d e", List.of("a b c d e x y", "a b c"), 1.0, 1.0, 1.0, 6.151583893),
                image(
                    "f g h i j",
                    List.of("f g h", "f g i j k l m"),
                    1.0,
                    0.000105737,
                    0.907063197,
                    3.716941294)),
            corpus(1.0, 0.935414347, 0.835549656, 0.73488892, 0.953531599, 4.934262593)),
        new Case(
            "nothing in common",
            List.of(
                image("x y z u v", List.of("a b c d e", "a c e g i"), 0.0, 0.0, 0.0, 0.0),
                image("p q r s t", List.of("f g h i j"), 0.0, 0.0, 0.0, 0.0)),
            corpus(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)),
        new Case(
            "same as a reference",
            List.of(
                image(
                    "a black dog jumps over a log",
                    List.of("a black dog jumps over a log", "a dog leaps over wood"),
                    1.0,
                    1.0,
                    1.0,
                    5.528807419),
                image(
                    "children play in the sand",
                    List.of("children play in the sand", "kids on a beach", "two children dig"),
                    1.0,
                    0.999999999,
                    1.0,
                    3.536871404)),
            corpus(1.0, 1.0, 1.0, 1.0, 1.0, 4.532839411)),
        new Case(
            "one word, twice as reference",
            List.of(
                image("dog", List.of("dog", "dog"), 0.999999998, 3.1623e-05, 1.0, 0.0),
                image(
                    "cat",
                    List.of("dog", "a cat"),
                    0.999999998,
                    3.1623e-05,
                    0.628865979,
                    0.871692175)),
            corpus(0.999999999, 0.001, 0.0001, 3.1623e-05, 0.81443299, 0.435846087)),
        new Case(
            "an empty reference",
            List.of(
                image("", List.of("", "a cat"), 0.0, 0.0, 1.0, 0.0),
                image("a dog", List.of("a dog", ""), 0.999999999, 0.001, 1.0, 2.5)),
            corpus(0.999999999, 0.999999999, 0.01, 0.001, 1.0, 1.25)));
  }
}
