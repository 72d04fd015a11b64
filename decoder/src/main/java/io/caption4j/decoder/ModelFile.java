package io.caption4j.decoder;

import io.caption4j.data.Caption4jException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The one-file model, {@code .c4j}: a zip of {@value #CARD} (the {@link ModelCard} as JSON),
 * {@value #VOCABULARY} ({@code word count} lines in id order), {@value #STANDARDISATION} (means and
 * deviations of the pooled features, float32 (2, C), readable with numpy), for an attention decoder
 * {@value #GRID_STANDARDISATION} (the same of the regions), for an encoder other than the bundled
 * one its network and weights ({@link io.caption4j.encoder.PackedEncoder#ENTRIES}), and {@value
 * #GRAPH} (the graph as DL4J's ModelSerializer writes it, without updater).
 */
public final class ModelFile {
  /** Entry of the card. */
  static final String CARD = "model.json";

  /** Entry of the vocabulary. */
  static final String VOCABULARY = "vocabulary.txt";

  /** Entry of the features' standardisation. */
  static final String STANDARDISATION = "standardisation.npy";

  /** Entry of the regions' standardisation. */
  static final String GRID_STANDARDISATION = "grid-standardisation.npy";

  /** Entry of the graph. */
  static final String GRAPH = "decoder.zip";

  /** Cards; those of before there were notes have none. */
  static final CardJson<ModelCard> CARDS =
      new CardJson<>(CARD, ModelCard.class, ModelCard.FORMAT_VERSION, ModelException::new)
          .withDefault("/notes", List.of());

  private ModelFile() {}

  /**
   * Reads only what a model file says of itself.
   *
   * @throws ModelException if there is no such file, it is not a whole model file or of another
   *     format version
   */
  public static ModelCard readCard(Path file) {
    try (ZipFile zip = open(file)) {
      ZipEntry entry = zip.getEntry(CARD);
      if (entry == null) {
        throw missing(CARD, file.toString());
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return CARDS.parse(in.readNBytes(CardJson.MOST_BYTES + 1), file.toString());
      }
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** Reads a model file; see {@link CaptionModel#load}. */
  static CaptionModel read(Path file, ModelReader.EncoderListener listener) {
    // The directory at the end of the zip tells at once that a file was cut short.
    try (ZipFile zip = open(file);
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ZipEntry entry = zip.getEntry(CARD);
      if (entry == null) {
        throw missing(CARD, file.toString());
      }
      try (InputStream card = zip.getInputStream(entry)) {
        CARDS.refuseOtherVersion(card.readNBytes(CardJson.MOST_BYTES), file.toString());
      }
      return ModelReader.read(in, file.toString(), listener);
    } catch (IOException | IllegalArgumentException e) { // the latter for an entry's damaged name
      throw unreadable(file.toString(), e);
    }
  }

  private static ZipFile open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ModelException(
          "%s is a folder; expected a model file such as model.c4j.".formatted(file));
    }
    try {
      return new ZipFile(file.toFile());
    } catch (NoSuchFileException e) {
      throw new ModelException("There is no model file %s.".formatted(file), e);
    } catch (ZipException e) {
      throw new ModelException(
          "%s is not a whole model file: expected a .c4j file (a zip), found one that is cut short or of another kind (%s). Copy or train it again."
              .formatted(file, Caption4jException.firstLine(e)),
          e);
    }
  }

  static ModelException missing(String entry, String source) {
    return new ModelException(
        "%s is not a whole model file: expected the entry %s in it, found none; it may have been cut short. Copy or train it again."
            .formatted(source, entry));
  }

  static ModelException unreadable(String source, Exception e) {
    return new ModelException(
        "%s cannot be read as a model file: it is damaged or cut short (%s). Copy or train it again."
            .formatted(source, Caption4jException.firstLine(e)),
        e);
  }
}
