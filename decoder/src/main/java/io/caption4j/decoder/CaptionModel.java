package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A trained model in memory: everything of a {@code .c4j} file. One that was read holds its
 * parameters alone and loads no DL4J class until its {@link #graph} is asked for.
 */
public final class CaptionModel {
  private static final String BUNDLED = "flickr8k.c4j";

  private final ModelCard card;
  private final Vocabulary vocabulary;
  private final Standardisation standardisation;
  private final Standardisation gridStandardisation; // null for a decoder that reads no grid
  private final PackedEncoder encoder;
  private final GraphArchive archive; // null for a model that was not read
  private ComputationGraph graph; // null until it is built; guarded by this

  /**
   * A model as training makes it.
   *
   * @param card what it says of itself
   * @param vocabulary words and ids
   * @param standardisation of the encoder's pooled features
   * @param gridStandardisation of its regions; null for a decoder that reads pooled features alone
   * @param encoder whose features it reads, as its file carries it
   * @param graph the decoder as {@link DecoderGraph} builds it, not copied
   */
  public CaptionModel(
      ModelCard card,
      Vocabulary vocabulary,
      Standardisation standardisation,
      Standardisation gridStandardisation,
      PackedEncoder encoder,
      ComputationGraph graph) {
    this(card, vocabulary, standardisation, gridStandardisation, encoder, null, graph);
  }

  /** A model that was read. */
  CaptionModel(
      ModelCard card,
      Vocabulary vocabulary,
      Standardisation standardisation,
      Standardisation gridStandardisation,
      PackedEncoder encoder,
      GraphArchive archive) {
    this(card, vocabulary, standardisation, gridStandardisation, encoder, archive, null);
  }

  private CaptionModel(
      ModelCard card,
      Vocabulary vocabulary,
      Standardisation standardisation,
      Standardisation gridStandardisation,
      PackedEncoder encoder,
      GraphArchive archive,
      ComputationGraph graph) {
    boolean readsGrid = card.decoder().features() == FeatureCache.Kind.GRID;
    if (readsGrid != (gridStandardisation != null)) {
      throw new IllegalArgumentException(
          "Expected a standardisation of the grid for an attention decoder and none for another.");
    }
    this.card = card;
    this.vocabulary = vocabulary;
    this.standardisation = standardisation;
    this.gridStandardisation = gridStandardisation;
    this.encoder = encoder;
    this.archive = archive;
    this.graph = graph;
  }

  /** What it says of itself. */
  public ModelCard card() {
    return card;
  }

  /** Words and ids. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Standardisation of the encoder's pooled features. */
  public Standardisation standardisation() {
    return standardisation;
  }

  /** Standardisation of the encoder's regions; null if the decoder reads pooled features alone. */
  public Standardisation gridStandardisation() {
    return gridStandardisation;
  }

  /** The encoder that belongs to the model, as its file carries it. */
  public PackedEncoder encoder() {
    return encoder;
  }

  /**
   * Opens the encoder that belongs to the model.
   *
   * @throws io.caption4j.encoder.EncoderException if there is none of that name here, or the engine
   *     does not run on this machine
   */
  public ImageEncoder encoder(EncoderEngine engine) {
    return encoder.open(engine);
  }

  /**
   * The decoder as {@link DecoderGraph} builds it, always the same one. From the first call on the
   * graph's parameters are the model's: it may be trained further.
   *
   * @throws ModelException if the file's configuration of it is damaged
   */
  public synchronized ComputationGraph graph() {
    if (graph == null) {
      graph = archive.graph();
    }
    return graph;
  }

  /** The number of the decoder's parameters. */
  public long parameterCount() {
    return DecoderLayout.count(card.decoder());
  }

  /**
   * The parameters as they are now; training the graph afterwards does not change them.
   *
   * @throws ModelException if the graph's do not have the shapes of the card
   */
  synchronized DecoderParameters parameters() {
    return graph == null ? archive.parameters() : DecoderParameters.of(graph, card.decoder());
  }

  /**
   * This model with a greater vocabulary, to be trained on: what it says stays as it is but for
   * rare words, whose probability the new ones share by their counts.
   *
   * @param grown this model's vocabulary, and more words after it, as {@link Vocabulary#grown}
   *     makes it
   * @return itself if there is no new word
   * @throws IllegalArgumentException if ids of this model's words are others there
   */
  public CaptionModel withVocabulary(Vocabulary grown) {
    return grown.equals(vocabulary) ? this : VocabularyGrowth.of(this, grown);
  }

  /**
   * Writes a model file, see {@link ModelFile}. A file of that name is replaced in one step; its
   * folder is made if need be.
   *
   * @throws ModelException if it cannot be written; an old file is then as it was
   */
  public void save(Path file) {
    ModelWriter.write(this, file);
  }

  /**
   * Reads a model file.
   *
   * @throws ModelException if there is no such file, it is damaged, cut short or of another format
   *     version, or its parts do not fit together; a damaged configuration of its graph is found by
   *     {@link #graph} only
   */
  public static CaptionModel load(Path file) {
    return ModelFile.read(file, encoder -> {});
  }

  /**
   * The model that comes with caption4j, trained on Flickr8k.
   *
   * @throws ModelException if this build has none
   */
  public static CaptionModel bundled() {
    return bundled(encoder -> {});
  }

  /** The same; the listener hears of the encoder early. */
  static CaptionModel bundled(ModelReader.EncoderListener listener) {
    try (InputStream in = CaptionModel.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new ModelException(
            "This build of caption4j has no bundled model (%s); name a model file instead."
                .formatted(BUNDLED));
      }
      return ModelReader.read(new BufferedInputStream(in, 1 << 16), "the bundled model", listener);
    } catch (IOException e) {
      throw ModelFile.unreadable("the bundled model", e);
    }
  }
}
