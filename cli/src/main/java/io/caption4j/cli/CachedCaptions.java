package io.caption4j.cli;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.ImageLoader;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.FeatureCache.Filled;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.train.SkippedPictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Captions of a data set's pictures, their features taken from the cache.
 *
 * @param images the pictures that could be read, in the order of the data set
 * @param captions the best caption of each
 */
public record CachedCaptions(List<CaptionedImage> images, List<String> captions) {
  private static final int ENCODED_TOGETHER = 8;
  private static final int SEARCHED_TOGETHER = 64;

  /**
   * Captions pictures.
   *
   * @param engine of the encoder
   * @param folder of the cache
   * @throws DataException if none of the pictures can be read
   * @throws io.caption4j.decoder.ModelException if the encoder here is not the model's
   */
  static CachedCaptions of(
      List<CaptionedImage> images,
      CaptionModel model,
      EncoderEngine engine,
      Search search,
      Path folder,
      Console console) {
    try (ConsoleProgress progress = console.progress();
        ImageEncoder encoder = model.encoder(engine);
        FeatureCache cache =
            FeatureCache.open(folder, encoder, model.card().decoder().features())) {
      Captioner.of(model, encoder).close(); // refuses a model of another encoder
      List<Path> files = images.stream().map(CaptionedImage::path).toList();
      Filled filled = cache.fill(files, new ImageLoader(), ENCODED_TOGETHER, progress);
      List<CaptionedImage> readable =
          images.stream().filter(image -> filled.rows().containsKey(image.path())).toList();
      SkippedPictures.report(filled.skipped(), images.size());
      if (readable.isEmpty()) {
        throw new DataException(
            "None of the %d pictures can be read (%s); name their folder with --images."
                .formatted(images.size(), images.get(0).path()));
      }
      CaptionSearcher searcher = new CaptionSearcher(model);
      List<String> captions = new ArrayList<>();
      for (int from = 0; from < readable.size(); from += SEARCHED_TOGETHER) {
        int to = Math.min(readable.size(), from + SEARCHED_TOGETHER);
        captions.addAll(search(readable.subList(from, to), filled, cache, searcher, search));
        progress.update("captioning", to, readable.size(), "");
      }
      return new CachedCaptions(readable, List.copyOf(captions));
    }
  }

  private static List<String> search(
      List<CaptionedImage> images,
      Filled filled,
      FeatureCache cache,
      CaptionSearcher searcher,
      Search search) {
    int length = cache.rowLength();
    float[] features = new float[images.size() * length];
    for (int i = 0; i < images.size(); i++) {
      cache.read(filled.rows().get(images.get(i).path()), features, i * length);
    }
    return searcher.search(features, images.size(), search).stream()
        .map(found -> found.stream().findFirst().map(Caption::text).orElse(""))
        .toList();
  }
}
