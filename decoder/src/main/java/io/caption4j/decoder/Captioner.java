package io.caption4j.decoder;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures to captions: an encoder and a decoder that belong together. Safe to share between
 * threads.
 */
public final class Captioner implements AutoCloseable {
  // Pictures encoded together; more are no faster and take more memory.
  static final int BATCH = 8;

  private final ModelCard card;
  private final CaptionSearcher searcher;
  private final ImageEncoder encoder;
  private final boolean ownsEncoder;
  private final ImageLoader loader = new ImageLoader();

  private Captioner(CaptionModel model, ImageEncoder encoder, boolean ownsEncoder) {
    card = model.card();
    if (!encoder.hash().equals(card.encoder().hash())) {
      throw new ModelException(
          "The model '%s' was trained on features of the encoder %s with the hash %s, found %s with the hash %s: its captions would be nonsense. Use the caption4j that it was trained with, or train it again."
              .formatted(
                  card.name(),
                  card.encoder().name(),
                  card.encoder().hash(),
                  encoder.name(),
                  encoder.hash()));
    }
    searcher = new CaptionSearcher(model);
    this.encoder = encoder;
    this.ownsEncoder = ownsEncoder;
  }

  /** With the bundled model. */
  public static Captioner bundled() {
    return bundled(EncoderEngine.AUTO);
  }

  /**
   * With the bundled model.
   *
   * @throws io.caption4j.encoder.EncoderException if the engine does not run on this machine
   */
  public static Captioner bundled(EncoderEngine engine) {
    return CaptionerStart.open(CaptionModel::bundled, engine);
  }

  /**
   * With a model file.
   *
   * @throws ModelException if the file is not a whole model, or its encoder is not the one here
   */
  public static Captioner load(Path file) {
    return load(file, EncoderEngine.AUTO);
  }

  /**
   * With a model file.
   *
   * @throws ModelException if the file is not a whole model, or its encoder is not the one here
   * @throws io.caption4j.encoder.EncoderException if the engine does not run on this machine
   */
  public static Captioner load(Path file, EncoderEngine engine) {
    return CaptionerStart.open(listener -> ModelFile.read(file, listener), engine);
  }

  /**
   * With a model and its encoder, which stays open when the captioner is closed.
   *
   * @throws ModelException if the model was trained on features of another encoder
   */
  public static Captioner of(CaptionModel model, ImageEncoder encoder) {
    return new Captioner(model, encoder, false);
  }

  /** With a model and its encoder, which it closes when it is closed. */
  static Captioner owning(CaptionModel model, ImageEncoder encoder) {
    return new Captioner(model, encoder, true);
  }

  /** What the model says of itself. */
  public ModelCard card() {
    return card;
  }

  /**
   * Captions of a picture file.
   *
   * @return the captions, best first: {@code search.top()} of them, or fewer if so many were not
   *     found
   * @throws io.caption4j.data.ImageException if it is not a picture that can be read
   */
  public List<Caption> caption(Path file, Search search) {
    return caption(loader.load(file), search);
  }

  /**
   * Captions of an encoded picture in memory, such as the bytes of a JPEG file.
   *
   * @throws io.caption4j.data.ImageException if it is not a picture that can be read
   */
  public List<Caption> caption(byte[] encoded, Search search) {
    return caption(loader.load(encoded, "picture"), search);
  }

  /** Captions of a decoded picture. */
  public List<Caption> caption(Pixels picture, Search search) {
    return captionAll(List.of(picture), search).get(0);
  }

  /** Captions of several decoded pictures, encoded and searched together. */
  public List<List<Caption>> captionAll(List<Pixels> pictures, Search search) {
    return search(encode(pictures), pictures.size(), search);
  }

  /**
   * Captions of several decoded pictures and where the decoder looked for each of their words.
   *
   * @throws ModelException if the model's decoder has no attention
   */
  public List<List<Explanation>> explainAll(List<Pixels> pictures, Search search) {
    float[] features = encode(pictures);
    List<List<Caption>> captions = search(features, pictures.size(), search);
    int length = pictures.isEmpty() ? 0 : features.length / pictures.size();
    List<List<Explanation>> explained = new ArrayList<>();
    for (int p = 0; p < captions.size(); p++) {
      float[] own = Arrays.copyOfRange(features, p * length, (p + 1) * length);
      explained.add(captions.get(p).stream().map(c -> searcher.explain(own, c)).toList());
    }
    return explained;
  }

  /**
   * Where the decoder looks for each word of a caption of a picture.
   *
   * @throws ModelException if the model's decoder has no attention
   */
  public Explanation explain(Pixels picture, Caption caption) {
    return searcher.explain(encode(List.of(picture)), caption);
  }

  /**
   * Checks that the model's decoder can tell where it looks.
   *
   * @throws ModelException if it has no attention
   */
  public void requireAttention() {
    searcher.requireAttention();
  }

  /** A picture at the encoder's size, from which it gives the same features. */
  public Pixels resize(Pixels picture) {
    return encoder.preprocessing().resize(picture);
  }

  /** Features of N pictures as the decoder reads them, (N, C) or (N, C, R). */
  float[] encode(List<Pixels> pictures) {
    boolean grid = card.decoder().features() == FeatureCache.Kind.GRID;
    int positions = grid ? encoder.gridSize() * encoder.gridSize() : 1;
    int length = card.decoder().featureSize() * positions;
    float[] features = new float[pictures.size() * length];
    for (int from = 0; from < pictures.size(); from += BATCH) {
      int to = Math.min(pictures.size(), from + BATCH);
      List<Pixels> part = pictures.subList(from, to);
      float[] batch = grid ? encoder.encodeGrid(part) : encoder.encodePooled(part);
      System.arraycopy(batch, 0, features, from * length, batch.length);
    }
    return features;
  }

  /** Captions of N pictures by their features, as {@link #encode} gives them. */
  List<List<Caption>> search(float[] features, int pictures, Search search) {
    return searcher.search(features, pictures, search);
  }

  @Override
  public void close() {
    if (ownsEncoder) {
      encoder.close();
    }
  }
}
