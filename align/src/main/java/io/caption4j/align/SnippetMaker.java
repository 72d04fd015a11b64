package io.caption4j.align;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Makes a data set of snippets out of one of captions: aligns all captions of all pictures and
 * keeps the boxes that most is said of (Karpathy and Fei-Fei 2015, section 3.2). Each picture goes
 * through the CNN once.
 */
public final class SnippetMaker {
  private static final int BATCH = 8;

  private final Aligner aligner;
  private final double beta;
  private final SnippetChoice choice;
  private final SnippetDataset to;
  private final ImageLoader loader = new ImageLoader();
  private final Map<Path, String> unreadable = new LinkedHashMap<>();
  private final LongAdder unknown = new LongAdder();

  /**
   * What could not be used.
   *
   * @param pictures that cannot be read, and why
   * @param captions of which the model knows no word
   */
  public record LeftOut(Map<Path, String> pictures, long captions) {
    /** Copies the map; its order stays. */
    public LeftOut {
      pictures = Collections.unmodifiableMap(new LinkedHashMap<>(pictures));
    }
  }

  /** A picture in memory; without pixels if it cannot be read. */
  private record Loaded(CaptionedImage image, Pixels pixels, String problem) {}

  /**
   * Makes one.
   *
   * @param beta reward for neighbours in the same region, see {@link WordChain}
   * @param choice picks boxes and snippets
   * @param to receives them
   */
  public SnippetMaker(Aligner aligner, double beta, SnippetChoice choice, SnippetDataset to) {
    this.aligner = aligner;
    this.beta = beta;
    this.choice = choice;
    this.to = to;
  }

  /**
   * Adds the snippets of pictures to the data set, which is not written yet.
   *
   * @return what could not be used
   * @throws io.caption4j.data.DataException if a part of a picture cannot be written
   */
  public LeftOut add(List<CaptionedImage> images, Progress progress) {
    progress.update("aligning", 0, images.size(), "");
    for (int from = 0; from < images.size(); from += BATCH) {
      int end = Math.min(images.size(), from + BATCH);
      addBatch(images.subList(from, end));
      String detail = "%d regions, %d snippets".formatted(to.parts(), to.snippets());
      progress.update("aligning", end, images.size(), detail);
    }
    return new LeftOut(unreadable, unknown.sum());
  }

  private void addBatch(List<CaptionedImage> images) {
    List<Loaded> loaded = new ArrayList<>();
    for (Loaded picture : images.parallelStream().map(this::load).toList()) {
      if (picture.pixels == null) {
        unreadable.put(picture.image.path(), picture.problem);
      } else {
        loaded.add(picture);
      }
    }
    if (loaded.isEmpty()) {
      return;
    }
    List<RegionVectors> regions = aligner.regions(loaded.stream().map(Loaded::pixels).toList());
    List<List<BoxSnippets>> found =
        IntStream.range(0, loaded.size())
            .parallel()
            .mapToObj(i -> choice.of(align(regions.get(i), loaded.get(i).image.captions())))
            .toList();
    for (int i = 0; i < loaded.size(); i++) {
      to.add(loaded.get(i).image, loaded.get(i).pixels, found.get(i));
    }
  }

  private Loaded load(CaptionedImage image) {
    try {
      return new Loaded(image, loader.load(image.path()), null);
    } catch (ImageException e) {
      return new Loaded(image, null, e.getMessage());
    }
  }

  private List<Alignment> align(RegionVectors regions, List<String> captions) {
    return captions.stream().map(c -> align(regions, c)).filter(Objects::nonNull).toList();
  }

  /** The alignment of one caption; null if the model knows no word of it. */
  private Alignment align(RegionVectors regions, String caption) {
    List<String> tokens;
    try {
      tokens = aligner.tokenize(caption);
    } catch (AlignException e) {
      unknown.increment();
      return null;
    }
    return Alignment.of(regions, tokens, aligner.words(tokens), beta);
  }
}
