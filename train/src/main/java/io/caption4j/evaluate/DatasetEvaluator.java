package io.caption4j.evaluate;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.SharedWords;
import io.caption4j.data.Split;
import java.util.Iterator;
import java.util.List;

/**
 * Scores raw captions of a data set's pictures: candidates and references go through the same
 * tokenizer, and the data set's training split, where it has one, tells which candidates are
 * verbatim copies.
 */
public final class DatasetEvaluator {
  private final List<CaptionedImage> images;
  private final CaptionTokenizer tokenizer;
  private final Evaluator evaluator;

  private DatasetEvaluator(
      List<CaptionedImage> images, CaptionTokenizer tokenizer, Evaluator evaluator) {
    this.images = images;
    this.tokenizer = tokenizer;
    this.evaluator = evaluator;
  }

  /**
   * For all pictures of a split.
   *
   * @throws io.caption4j.data.DataException if the split has no pictures
   */
  public static DatasetEvaluator of(
      CaptionDataset dataset, Split split, CaptionTokenizer tokenizer) {
    return of(dataset, dataset.require(split), tokenizer);
  }

  /**
   * For some pictures, for example those of a split that could be read.
   *
   * @param dataset where the training captions are taken from
   * @param images the pictures to score, at least one
   * @param tokenizer makes tokens of references, candidates and training captions
   */
  public static DatasetEvaluator of(
      CaptionDataset dataset, List<CaptionedImage> images, CaptionTokenizer tokenizer) {
    List<List<List<String>>> references = tokens(images, tokenizer); // (image, reference, token)
    SharedWords words = new SharedWords();
    List<List<String>> training =
        dataset.images(Split.TRAIN).stream()
            .flatMap(image -> image.captions().stream())
            .map(tokenizer::tokenize)
            .map(words::of)
            .toList(); // (caption, token)
    Evaluator evaluator =
        training.isEmpty() ? Evaluator.of(references) : Evaluator.of(references, training);
    return new DatasetEvaluator(List.copyOf(images), tokenizer, evaluator);
  }

  /** The pictures that are scored, in the order that captions are expected. */
  public List<CaptionedImage> images() {
    return images;
  }

  /**
   * Scores captions.
   *
   * @param captions one raw caption a picture, in the order of {@link #images}
   * @throws IllegalArgumentException if their number is not that of the pictures
   */
  public Scores evaluate(List<String> captions) {
    return evaluator.evaluate(tokenizer.units(captions));
  }

  /**
   * Scores captions with METEOR as well.
   *
   * @param captions one raw caption a picture, in the order of {@link #images}
   * @throws io.caption4j.data.DataException if METEOR fails
   */
  public Scores evaluate(List<String> captions, Meteor meteor) {
    Scores scores = evaluate(captions);
    List<List<List<String>>> references = tokens(images, tokenizer);
    return scores.withMeteor(meteor.score(references, tokenizer.units(captions)).corpus());
  }

  /**
   * Scores a results file.
   *
   * @throws io.caption4j.data.DataException if it has not exactly one caption a picture; the
   *     message names the picture
   */
  public Scores evaluate(CocoResults results) {
    return evaluate(results.captionsFor(images));
  }

  /** As coco-caption does: all references of all pictures are one text. */
  private static List<List<List<String>>> tokens(
      List<CaptionedImage> images, CaptionTokenizer tokenizer) {
    Iterator<List<String>> tokens =
        tokenizer
            .units(images.stream().flatMap(image -> image.captions().stream()).toList())
            .iterator();
    return images.stream()
        .map(image -> image.captions().stream().map(caption -> tokens.next()).toList())
        .toList();
  }
}
