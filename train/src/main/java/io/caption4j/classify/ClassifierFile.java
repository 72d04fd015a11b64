package io.caption4j.classify;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.ZipEntries;
import io.caption4j.decoder.CardJson;
import io.caption4j.decoder.ModelCard;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

/**
 * The file of a classifier, {@code .c4k}: a zip of {@value #CARD}, {@value #CLASSES} (a name a
 * line), {@value #HEAD} (weight (K, C) and bias (K)), and, for an encoder that does not come with
 * caption4j, its network and weights ({@link PackedEncoder#ENTRIES}).
 */
final class ClassifierFile {
  private static final String CARD = "classifier.json";
  private static final String CLASSES = "classes.txt";
  private static final String HEAD = "head.safetensors";
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  // Entries are read into memory, so each has a limit, against a zip that unpacks without end.
  private static final Map<String, Integer> LIMITS = limits();

  // A classifier of features has no encoder. Those of before there were label smoothing and weight
  // averages were made without.
  private static final CardJson<ClassifierCard> CARDS =
      new CardJson<>(
              CARD, ClassifierCard.class, ClassifierCard.FORMAT_VERSION, ClassifyException::new)
          .withNulls()
          .withDefault("/training/hyperparameters/labelSmoothing", 0.0)
          .withDefault("/training/hyperparameters/weightAverage", 0.0);

  private ClassifierFile() {}

  private static Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>(PackedEncoder.ENTRIES);
    limits.put(CARD, CardJson.MOST_BYTES);
    limits.put(CLASSES, 16 << 20);
    limits.put(HEAD, 1 << 30);
    return limits;
  }

  static void write(ClassifierModel model, Path file) {
    try {
      AtomicFiles.write(
          file,
          part -> {
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
              ZipEntries.put(zip, CARD, CARDS.format(model.card()));
              String names = String.join("\n", model.classes()) + "\n";
              ZipEntries.put(zip, CLASSES, names.getBytes(StandardCharsets.UTF_8));
              zip.setLevel(Deflater.NO_COMPRESSION);
              ZipEntries.put(zip, HEAD, SafetensorsWriter.bytes(tensors(model)));
              Optional<PackedEncoder.Entry> encoder =
                  Optional.ofNullable(model.packedEncoder()).flatMap(PackedEncoder::entry);
              if (encoder.isPresent()) {
                ZipEntries.put(zip, encoder.get().name(), encoder.get().bytes());
              }
            }
          });
    } catch (IOException e) {
      throw new ClassifyException(
          "Cannot write the classifier %s: %s.".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private static Safetensors tensors(ClassifierModel model) {
    LinearHead head = model.head();
    FloatBuffer weights = FloatBuffer.allocate(head.classes() * head.features());
    for (float[] row : head.weights()) {
      weights.put(row);
    }
    return Safetensors.of(
        model.card().name(),
        Map.of(
            WEIGHT,
            new Safetensors.Tensor(new long[] {head.classes(), head.features()}, weights.flip()),
            BIAS,
            new Safetensors.Tensor(new long[] {head.classes()}, FloatBuffer.wrap(head.bias()))),
        Map.of());
  }

  static ClassifierModel read(Path file) {
    if (Files.isDirectory(file)) {
      throw new ClassifyException(
          "%s is a folder; expected a classifier such as model.c4k.".formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new ClassifyException("There is no classifier %s.".formatted(file), e);
    } catch (IOException | IllegalArgumentException e) { // the latter for an entry's damaged name
      throw damaged(file.toString(), e.getMessage(), e);
    }
  }

  private static ClassifierModel read(InputStream in, String source) throws IOException {
    Map<String, byte[]> entries =
        ZipEntries.read(in, LIMITS, found -> damaged(source, found, null));
    require(entries, CARD, source);
    // First, since the entries of another format version may be others.
    ClassifierCard card = CARDS.parse(entries.get(CARD), source);
    require(entries, CLASSES, source);
    require(entries, HEAD, source);
    try {
      List<String> classes =
          new String(entries.get(CLASSES), StandardCharsets.UTF_8).lines().toList();
      ModelCard.Encoder described = card.encoder();
      return new ClassifierModel(
          card,
          classes,
          head(Safetensors.parse(source + ", " + HEAD, entries.get(HEAD)), classes.size(), card),
          described == null
              ? null
              : PackedEncoder.read(described.name(), described.preprocessing(), entries, source));
    } catch (Caption4jException | IllegalArgumentException e) {
      throw damaged(source, e.getMessage(), e);
    }
  }

  private static void require(Map<String, byte[]> entries, String name, String source) {
    if (!entries.containsKey(name)) {
      throw damaged(source, "no entry " + name, null);
    }
  }

  private static LinearHead head(Safetensors tensors, int classes, ClassifierCard card) {
    FloatBuffer values = tensors.floats(WEIGHT, classes, card.features());
    float[][] weights = new float[classes][card.features()];
    for (float[] row : weights) {
      values.get(row);
    }
    float[] bias = new float[classes];
    tensors.floats(BIAS, classes).get(bias);
    return new LinearHead(card.unitLength(), weights, bias, LinearHead.Link.valueOf(card.link()));
  }

  private static ClassifyException damaged(String source, String found, Throwable cause) {
    return new ClassifyException(
        "%s is not a whole classifier: expected a .c4k file (a zip), found: %s. Copy or train it again."
            .formatted(source, String.valueOf(found).lines().findFirst().orElse("nothing")),
        cause);
  }
}
