package io.caption4j.classify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caption4j.data.AtomicFiles;
import io.caption4j.data.Caption4jException;
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

  // A classifier of features has no encoder.
  private static final ObjectMapper JSON =
      CardJson.mapper().disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  private static final List<String> LATER = List.of("labelSmoothing", "weightAverage");

  private ClassifierFile() {}

  private static Map<String, Integer> limits() {
    Map<String, Integer> limits = new HashMap<>(PackedEncoder.ENTRIES);
    limits.put(CARD, 1 << 20);
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
              ZipEntries.put(zip, CARD, JSON.writeValueAsBytes(model.card()));
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
      throw new ClassifyException("Cannot write the classifier %s: %s".formatted(file, e), e);
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
    } catch (IOException e) {
      throw damaged(file.toString(), e.getMessage(), e);
    }
  }

  private static ClassifierModel read(InputStream in, String source) throws IOException {
    Map<String, byte[]> entries =
        ZipEntries.read(in, LIMITS, found -> damaged(source, found, null));
    for (String name : List.of(CARD, CLASSES, HEAD)) {
      if (!entries.containsKey(name)) {
        throw damaged(source, "no entry " + name, null);
      }
    }
    ClassifierCard card = card(entries.get(CARD), source);
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

  private static ClassifierCard card(byte[] json, String source) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      int version = tree.path("formatVersion").asInt(-1);
      if (version != ClassifierCard.FORMAT_VERSION) {
        throw new ClassifyException(
            "%s has the format version %d, this caption4j reads version %d. Train it again, or use the caption4j that wrote it."
                .formatted(source, version, ClassifierCard.FORMAT_VERSION));
      }
      // Classifiers made before there were these settings were made without them.
      if (tree.at("/training/hyperparameters") instanceof ObjectNode hyperparameters) {
        LATER.stream()
            .filter(name -> !hyperparameters.has(name))
            .forEach(name -> hyperparameters.put(name, 0.0));
      }
      return JSON.treeToValue(tree, ClassifierCard.class);
    } catch (JsonProcessingException e) {
      throw damaged(source, e.getOriginalMessage(), e);
    }
  }

  private static ClassifyException damaged(String source, String found, Throwable cause) {
    return new ClassifyException(
        "%s is not a whole classifier: expected a .c4k file (a zip), found: %s. Copy or train it again."
            .formatted(source, String.valueOf(found).lines().findFirst().orElse("nothing")),
        cause);
  }
}
