package io.caption4j.align;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.Vocabulary;
import io.caption4j.data.ZipEntries;
import io.caption4j.decoder.CardJson;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Safetensors;
import io.caption4j.encoder.SafetensorsWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

/**
 * The file of an alignment model, {@code .c4a}: a zip of {@value #CARD}, {@value #VOCABULARY}
 * ({@code word count} lines in id order), {@value #WEIGHTS} (all parameters, and mean and deviation
 * of the features), and, for an encoder that does not come with caption4j, its network and weights
 * ({@link PackedEncoder#ENTRIES}).
 */
final class AlignmentFile {
  private static final String CARD = "alignment.json";
  private static final String VOCABULARY = "vocabulary.txt";
  private static final String WEIGHTS = "alignment.safetensors";
  private static final String MEAN = "features_mean";
  private static final String DEVIATION = "features_deviation";

  // Entries are read into memory, so each has a limit, against a zip that unpacks without end.
  private static final Map<String, Integer> LIMITS = limits();

  private static final CardJson<AlignmentCard> CARDS =
      new CardJson<>(CARD, AlignmentCard.class, AlignmentCard.FORMAT_VERSION, AlignException::new);

  private AlignmentFile() {}

  private static Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>(PackedEncoder.ENTRIES);
    limits.put(CARD, CardJson.MOST_BYTES);
    limits.put(VOCABULARY, 64 << 20);
    limits.put(WEIGHTS, 1 << 30);
    return limits;
  }

  static void write(AlignmentModel model, Path file) {
    try {
      AtomicFiles.write(
          file,
          part -> {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
              ZipEntries.put(zip, CARD, CARDS.format(model.card()));
              String words = String.join("\n", model.vocabulary().lines()) + "\n";
              ZipEntries.put(zip, VOCABULARY, words.getBytes(StandardCharsets.UTF_8));
              zip.setLevel(Deflater.NO_COMPRESSION);
              ZipEntries.put(zip, WEIGHTS, SafetensorsWriter.bytes(tensors(model)));
              Optional<PackedEncoder.Entry> encoder = model.packedEncoder().entry();
              if (encoder.isPresent()) {
                ZipEntries.put(zip, encoder.get().name(), encoder.get().bytes());
              }
            }
          });
    } catch (IOException e) {
      throw new AlignException(
          "Cannot write the model file %s: %s.".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private static Safetensors tensors(AlignmentModel model) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    Safetensors weights = model.weights();
    for (String name : weights.names()) {
      long[] shape = weights.shape(name);
      tensors.put(name, new Safetensors.Tensor(shape, weights.floats(name, shape)));
    }
    tensors.put(MEAN, vector(model.standardisation().mean()));
    tensors.put(DEVIATION, vector(model.standardisation().deviation()));
    return Safetensors.of(model.card().name(), tensors, Map.of());
  }

  private static Safetensors.Tensor vector(float[] values) {
    return new Safetensors.Tensor(new long[] {values.length}, FloatBuffer.wrap(values));
  }

  static AlignmentModel read(Path file) {
    if (Files.isDirectory(file)) {
      throw new AlignException(
          "%s is a folder; expected an alignment model such as model.c4a.".formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new AlignException("There is no alignment model %s.".formatted(file), e);
    } catch (IOException | IllegalArgumentException e) { // the latter for an entry's damaged name
      throw damaged(file.toString(), FileErrors.reason(e), e);
    }
  }

  static AlignmentModel read(InputStream in, String source) throws IOException {
    Map<String, byte[]> entries =
        ZipEntries.read(in, LIMITS, found -> damaged(source, found, null));
    require(entries, CARD, source);
    // First, since the entries of another format version may be others.
    AlignmentCard card = CARDS.parse(entries.get(CARD), source);
    require(entries, VOCABULARY, source);
    require(entries, WEIGHTS, source);
    try {
      List<String> words =
          new String(entries.get(VOCABULARY), StandardCharsets.UTF_8).lines().toList();
      Safetensors all = Safetensors.parse(source + ", " + WEIGHTS, entries.get(WEIGHTS));
      return new AlignmentModel(
          card,
          Vocabulary.parse(words, source + ", " + VOCABULARY),
          new Standardisation(floats(all, MEAN), floats(all, DEVIATION)),
          all.select(
              all.names().stream().filter(n -> !n.equals(MEAN) && !n.equals(DEVIATION)).toList()),
          PackedEncoder.read(
              card.encoder().name(), card.encoder().preprocessing(), entries, source));
    } catch (Caption4jException | IllegalArgumentException e) {
      throw damaged(source, e.getMessage(), e);
    }
  }

  private static void require(Map<String, byte[]> entries, String name, String source) {
    if (!entries.containsKey(name)) {
      throw damaged(source, "no entry " + name, null);
    }
  }

  private static float[] floats(Safetensors tensors, String name) {
    FloatBuffer values = tensors.floats(name, tensors.shape(name));
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return floats;
  }

  private static AlignException damaged(String source, String found, Throwable cause) {
    return new AlignException(
        "%s is not a whole alignment model: expected a .c4a file (a zip), found: %s. Copy or train it again."
            .formatted(source, String.valueOf(found).lines().findFirst().orElse("nothing")),
        cause);
  }
}
