package io.caption4j.decoder;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.Vocabulary;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.PackedEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads and checks the entries of a model file. */
final class ModelReader {
  // Entries are read into memory, so each has a limit, against a zip that unpacks without end.
  private static final Map<String, Integer> LIMITS = limits();

  private ModelReader() {}

  /** Hears early which encoder a model needs, so that it can start while the rest is read. */
  interface EncoderListener {
    /**
     * Called at least once for each model that is read whole; the last call counts. In the order in
     * which caption4j writes a file, that is before the decoder's parameters, the largest part. A
     * zip that was packed anew may have its entries in any other order, and tells at its end.
     *
     * @param encoder as the file carries it
     */
    void encoder(PackedEncoder encoder);
  }

  /**
   * Reads a model.
   *
   * @param in the zip; not closed
   * @param source what messages call it
   * @param listener hears of the encoder; also of that of a file that is refused later
   */
  static CaptionModel read(InputStream in, String source, EncoderListener listener)
      throws IOException {
    Map<String, byte[]> entries = entries(new ZipInputStream(in), source, listener);
    for (String name : List.of(ModelFile.CARD, ModelFile.VOCABULARY, ModelFile.STANDARDISATION)) {
      if (!entries.containsKey(name)) {
        throw ModelFile.missing(name, source);
      }
    }
    ModelCard card = ModelCards.parse(entries.get(ModelFile.CARD), source);
    Vocabulary vocabulary = vocabulary(entries.get(ModelFile.VOCABULARY), card, source);
    Standardisation standardisation =
        standardisation(entries.get(ModelFile.STANDARDISATION), card, source);
    Standardisation grid = null;
    if (card.decoder().features() == FeatureCache.Kind.GRID) {
      byte[] npy = entries.get(ModelFile.GRID_STANDARDISATION);
      if (npy == null) {
        throw ModelFile.missing(ModelFile.GRID_STANDARDISATION, source);
      }
      grid = standardisation(npy, card, source);
    }
    byte[] graph = entries.get(ModelFile.GRAPH);
    if (graph == null) {
      throw ModelFile.missing(ModelFile.GRAPH, source);
    }
    GraphArchive decoder = GraphArchive.read(graph, card.decoder(), source);
    return new CaptionModel(
        card, vocabulary, standardisation, grid, encoder(card, entries, source), decoder);
  }

  // ZipInputStream compares checksums, which ZipFile does not.
  private static Map<String, byte[]> entries(
      ZipInputStream zip, String source, EncoderListener listener) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    boolean told = false;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      Integer limit = LIMITS.get(entry.getName());
      if (limit == null) {
        continue;
      }
      if (entry.getName().equals(ModelFile.GRAPH)) {
        told = tell(listener, entries, source);
      }
      byte[] bytes = zip.readNBytes(limit);
      if (zip.read() >= 0) {
        throw new ModelException(
            "%s is not a model file: expected at most %,d bytes in its entry %s, found more."
                .formatted(source, limit, entry.getName()));
      }
      if (entries.put(entry.getName(), bytes) != null) {
        throw new ModelException(
            "%s is not a model file: expected one entry %s, found two."
                .formatted(source, entry.getName()));
      }
      told &= !PackedEncoder.ENTRIES.containsKey(entry.getName()); // it is another one after all
    }
    if (!told) {
      tell(listener, entries, source);
    }
    return entries;
  }

  /** Tells which encoder it is by the entries read so far; false if the card is not among them. */
  private static boolean tell(
      EncoderListener listener, Map<String, byte[]> entries, String source) {
    byte[] card = entries.get(ModelFile.CARD);
    if (card != null) {
      listener.encoder(encoder(ModelCards.parse(card, source), entries, source));
    }
    return card != null;
  }

  private static PackedEncoder encoder(ModelCard card, Map<String, byte[]> entries, String source) {
    return PackedEncoder.read(
        card.encoder().name(), card.encoder().preprocessing(), entries, source);
  }

  private static Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>(PackedEncoder.ENTRIES);
    limits.put(ModelFile.CARD, ModelFile.MOST_CARD_BYTES);
    limits.put(ModelFile.VOCABULARY, 64 << 20);
    limits.put(ModelFile.STANDARDISATION, 16 << 20);
    limits.put(ModelFile.GRID_STANDARDISATION, 16 << 20);
    limits.put(ModelFile.GRAPH, 1 << 30);
    return limits;
  }

  private static Vocabulary vocabulary(byte[] text, ModelCard card, String source) {
    List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
    Vocabulary vocabulary;
    try {
      vocabulary = Vocabulary.parse(lines, source + ", " + ModelFile.VOCABULARY);
    } catch (Caption4jException e) {
      throw new ModelException(e.getMessage(), e);
    }
    if (vocabulary.size() != card.decoder().vocabularySize()) {
      throw new ModelException(
          "%s has a vocabulary of %d words, but its decoder was trained on %d: the file was put together from two models. Copy or train it again."
              .formatted(source, vocabulary.size(), card.decoder().vocabularySize()));
    }
    return vocabulary;
  }

  private static Standardisation standardisation(byte[] npy, ModelCard card, String source) {
    float[][] rows = FloatMatrixNpy.parse(npy, source + ", " + ModelFile.STANDARDISATION);
    int channels = card.decoder().featureSize();
    if (rows.length != 2 || rows[0].length != channels) {
      throw new ModelException(
          "%s, %s: expected means and deviations of the %d feature channels, shape (2, %d), found (%d, %d)."
              .formatted(
                  source,
                  ModelFile.STANDARDISATION,
                  channels,
                  channels,
                  rows.length,
                  rows.length == 0 ? 0 : rows[0].length));
    }
    try {
      return new Standardisation(rows[0], rows[1]);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "%s, %s: %s".formatted(source, ModelFile.STANDARDISATION, e.getMessage()), e);
    }
  }
}
