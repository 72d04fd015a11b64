package io.caption4j.decoder;

import static java.util.stream.Collectors.joining;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.Vocabulary;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.NpyReader;
import io.caption4j.encoder.PackedEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
    ModelCard card = ModelFile.CARDS.parse(entry(entries, ModelFile.CARD, source), source);
    Vocabulary vocabulary = vocabulary(entry(entries, ModelFile.VOCABULARY, source), card, source);
    Standardisation standardisation =
        standardisation(entries, ModelFile.STANDARDISATION, card, source);
    Standardisation grid =
        card.decoder().features() == FeatureCache.Kind.GRID
            ? standardisation(entries, ModelFile.GRID_STANDARDISATION, card, source)
            : null;
    GraphArchive decoder =
        GraphArchive.read(entry(entries, ModelFile.GRAPH, source), card.decoder(), source);
    return new CaptionModel(
        card, vocabulary, standardisation, grid, encoder(card, entries, source), decoder);
  }

  private static byte[] entry(Map<String, byte[]> entries, String name, String source) {
    byte[] content = entries.get(name);
    if (content == null) {
      throw ModelFile.missing(name, source);
    }
    return content;
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
            String.format(
                Locale.ROOT,
                "%s is not a model file: expected at most %,d bytes in its entry %s, found more.",
                source,
                limit,
                entry.getName()));
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
      listener.encoder(encoder(ModelFile.CARDS.parse(card, source), entries, source));
    }
    return card != null;
  }

  private static PackedEncoder encoder(ModelCard card, Map<String, byte[]> entries, String source) {
    return PackedEncoder.read(
        card.encoder().name(), card.encoder().preprocessing(), entries, source);
  }

  private static Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>(PackedEncoder.ENTRIES);
    limits.put(ModelFile.CARD, CardJson.MOST_BYTES);
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

  private static Standardisation standardisation(
      Map<String, byte[]> entries, String entry, ModelCard card, String source) {
    String where = source + ", " + entry;
    int channels = card.decoder().featureSize();
    try {
      NpyReader rows = NpyReader.of(entry(entries, entry, source), where);
      long[] shape = rows.header().shape();
      if (!Arrays.equals(shape, new long[] {2, channels})) {
        throw new ModelException(
            "%s: expected means and deviations of the %d feature channels, shape (2, %d), found %s."
                .formatted(where, channels, channels, shape(shape)));
      }
      float[] mean = new float[channels];
      float[] deviation = new float[channels];
      rows.read(0, mean, 0);
      rows.read(1, deviation, 0);
      return new Standardisation(mean, deviation);
    } catch (EncoderException e) {
      throw new ModelException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new ModelException("%s: %s".formatted(where, e.getMessage()), e);
    }
  }

  private static String shape(long... sizes) {
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(joining(", ", "(", ")"));
  }
}
