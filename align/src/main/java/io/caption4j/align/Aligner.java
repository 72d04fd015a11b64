package io.caption4j.align;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Pixels;
import io.caption4j.data.Sha256;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.SafetensorsWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Puts pictures and sentences into one space: what belongs together has a large product. Safe to
 * share between threads.
 */
public final class Aligner implements AutoCloseable {
  private final AlignmentModel model;
  private final ImageEncoder encoder;
  private final SentenceEncoder sentences;
  private final RegionProjection projection;
  private final CaptionTokenizer tokenizer = new CaptionTokenizer();
  private final GridWindows windows = new GridWindows();

  private Aligner(AlignmentModel model, ImageEncoder encoder) {
    this.model = model;
    this.encoder = encoder;
    sentences = new SentenceEncoder(model);
    projection = new RegionProjection(model);
  }

  /**
   * With the bundled model.
   *
   * @throws AlignException if this build has none
   */
  public static Aligner bundled(EncoderEngine engine) {
    return of(AlignmentModel.bundled(), engine);
  }

  /**
   * With a model file.
   *
   * @throws AlignException if it is not a whole alignment model, or its encoder is not here
   */
  public static Aligner load(Path file, EncoderEngine engine) {
    return of(AlignmentModel.load(file), engine);
  }

  /** With a model. */
  public static Aligner of(AlignmentModel model, EncoderEngine engine) {
    ImageEncoder encoder = model.encoder(engine);
    try {
      return new Aligner(model, encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** What the model says of itself. */
  public AlignmentCard card() {
    return model.card();
  }

  /** The encoder of pictures, closed with the aligner. */
  public ImageEncoder encoder() {
    return encoder;
  }

  /** Size of the space, h. */
  public int size() {
    return model.card().settings().spaceSize();
  }

  /** SHA-256 of model and encoder, 64 hex digits: equal hashes give equal vectors. */
  public String hash() {
    MessageDigest digest = Sha256.newDigest();
    digest.update(encoder.hash().getBytes(StandardCharsets.UTF_8));
    model.vocabulary().lines().forEach(l -> digest.update(l.getBytes(StandardCharsets.UTF_8)));
    digest.update(SafetensorsWriter.bytes(model.weights()));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The tokens of a sentence, lower case.
   *
   * @throws AlignException if the model knows none of them
   */
  public List<String> tokenize(String sentence) {
    List<String> tokens = tokenizer.tokenize(sentence);
    if (!sentences.knowsAny(tokens)) {
      throw new AlignException(
          "The model '%s' knows no word of \"%s\"; expected an English sentence with words such as dog, man, red or running."
              .formatted(card().name(), sentence.strip()));
    }
    return tokens;
  }

  /**
   * Words in the light of their sentence, s_t.
   *
   * @param tokens T of them, as {@link #tokenize} gives them; unknown ones count as such
   * @return (T, h), row by row
   */
  public float[] words(List<String> tokens) {
    return sentences.words(model.vocabulary().encode(tokens));
  }

  /** The 20 windows of a picture, pooled from the grid of one pass of the CNN. */
  public RegionVectors regions(Pixels picture) {
    return regions(List.of(picture)).get(0);
  }

  /** The same of several pictures, encoded together. */
  public List<RegionVectors> regions(List<Pixels> pictures) {
    return regions(pictures, windows, RegionFeatures.GRID);
  }

  /**
   * Regions of one's own choice.
   *
   * @param pictures N of them, at least one
   * @param proposer says which
   * @param features says how they are encoded
   * @return N, in the same order
   * @throws AlignException if a box reaches out of its picture
   */
  public List<RegionVectors> regions(
      List<Pixels> pictures, RegionProposer proposer, RegionFeatures features) {
    return new RegionEncoder(encoder, proposer, features)
        .encode(pictures).stream()
            .map(r -> new RegionVectors(r.boxes(), project(r.features(), r.boxes().size())))
            .toList();
  }

  /**
   * Projects regions, v_i.
   *
   * @param features as the encoder gives them, (rows, C), row by row
   * @param rows how many
   * @return (rows, h), row by row
   */
  public float[] project(float[] features, int rows) {
    return projection.project(features, rows);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
