package io.caption4j.train;

import io.caption4j.align.AlignmentModel;
import io.caption4j.data.Augmentation;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.Progress;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.evaluate.Retrieval;
import java.nio.file.Path;
import java.util.List;

/** Ranks the pictures and captions of a split with a trained alignment model. */
public final class AlignmentEvaluator {
  private AlignmentEvaluator() {}

  /**
   * Ranks all pictures against all captions.
   *
   * @param model to be measured
   * @param images the split's pictures with their captions
   * @param maxWords words after which captions are cut
   * @param mirrored whether a picture's scores are the mean of its own and its mirror image's
   * @param cache the folder for encoded pictures
   * @throws DataException if no picture can be read
   */
  public static Retrieval evaluate(
      AlignmentModel model,
      List<CaptionedImage> images,
      int maxWords,
      boolean mirrored,
      Path cache,
      EncoderEngine engine,
      Progress progress) {
    List<Path> paths = images.stream().map(CaptionedImage::path).toList();
    List<Augmentation> variants = Augmentation.mirrored(mirrored);
    try (ImageEncoder encoder = model.encoder(engine);
        AugmentedFeatures features =
            AugmentedFeatures.open(
                cache, encoder, FeatureCache.Kind.GRID, variants, paths, List.of(), 0, progress)) {
      SkippedPictures.report(features.skipped(), images.size());
      CaptionSet captions =
          CaptionSet.tokenize(images, features.rows(), new CaptionTokenizer())
              .encode(model.vocabulary(), maxWords)
              .withWords();
      if (captions.size() == 0) {
        throw new DataException(
            "None of the %d pictures has a caption and can be read (%s); name their folder with --images."
                .formatted(images.size(), paths.get(0)));
      }
      RegionRows regions = RegionRows.windows(features, encoder.gridSize(), encoder.channels());
      return new RetrievalScorer(regions, model.standardisation(), captions, variants.size())
          .run(model.graph(regions.regions()), progress);
    }
  }
}
