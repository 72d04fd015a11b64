package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.caption4j.encoder.GraphZip;
import io.caption4j.encoder.NpyWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a model file is said in one sentence. */
class DamagedModelFileTest {
  private static final byte[] NOTHING = {};
  private static byte[] whole;
  @TempDir Path folder;

  @BeforeAll
  static void makeAWholeFile(@TempDir Path scratch) throws IOException {
    Path file = scratch.resolve("whole.c4j");
    SmallModels.model(SmallModels.settings(30), 3).save(file);
    whole = Files.readAllBytes(file);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("empty", zip -> NOTHING, "whole model file"),
        damage("text", zip -> utf8("a model, honestly"), "whole model file"),
        damage("cut after 10 bytes", zip -> Arrays.copyOf(zip, 10), "cut short"),
        damage("cut in half", zip -> Arrays.copyOf(zip, zip.length / 2), "cut short"),
        damage("last byte gone", zip -> Arrays.copyOf(zip, zip.length - 1), "cut short"),
        damage("a byte changed", DamagedModelFileTest::changeLastOfGraph, "damaged"),
        damage("no card", zip -> Zips.without(zip, "model.json"), "entry model.json"),
        damage("no words", zip -> Zips.without(zip, "vocabulary.txt"), "entry vocabulary.txt"),
        damage("no scale", zip -> Zips.without(zip, "standardisation.npy"), "standardisation.npy"),
        damage("no graph", zip -> Zips.without(zip, "decoder.zip"), "entry decoder.zip"),
        damage("two vocabularies", DamagedModelFileTest::doubleVocabulary, "found two"),
        card("newer", "\"formatVersion\" : 1", "\"formatVersion\" : 2", "Use a newer caption4j"),
        card("older", "\"formatVersion\" : 1", "\"formatVersion\" : 0", "version 0"),
        damage(
            "newer with other entries",
            zip ->
                Zips.without(
                    edit(
                        zip,
                        "model.json",
                        t -> t.replace("\"formatVersion\" : 1", "\"formatVersion\" : 7")),
                    "vocabulary.txt"),
            "has the format version 7, this caption4j reads version 1. Use a newer caption4j, or train"),
        damage(
            "older with other entries",
            zip ->
                Zips.with(
                    Zips.without(zip, "decoder.zip"), "model.json", utf8("{\"formatVersion\": 0}")),
            "version 1. Train the model again, or use the caption4j that wrote it."),
        card("no version", "formatVersion", "version", "no formatVersion"),
        card("no JSON", "{", "<", "no valid model.json"),
        card("no state size", "stateSize", "size", "stateSize"),
        card("no encoder", "\"encoder\"", "\"eye\"", "encoder"),
        card("kind", "show-tell", "draw-sing", "Unknown decoder kind 'draw-sing'"),
        card("negative size", "\"stateSize\" : 7", "\"stateSize\" : -7", "H=-7"),
        card("another dropout", "\"dropout\" : 0.3", "\"dropout\" : 1.3", "1.3"),
        card("another state size", "\"stateSize\" : 7", "\"stateSize\" : 8", "decoder parameters"),
        damage(
            "a card without end",
            zip -> Zips.with(zip, "model.json", new byte[2 << 20]),
            "at most 1,048,576 bytes"),
        damage(
            "a word too few",
            zip -> edit(zip, "vocabulary.txt", text -> text.replace("w00029 1\n", "")),
            "a vocabulary of 29 words, but its decoder was trained on 30"),
        damage(
            "a line without count",
            zip -> edit(zip, "vocabulary.txt", text -> text.replace("w00029 1", "w00029")),
            "vocabulary.txt line 30"),
        damage(
            "no npy",
            zip -> Zips.with(zip, "standardisation.npy", utf8("1 2")),
            "not a numpy file"),
        scale("too short", new float[5], new float[5], "shape (2, 6), found (2, 5)"),
        scale("one row", NpyWriter.bytes(new float[6]), "shape (2, 6), found (1, 6)"),
        scale(
            "cut short",
            Arrays.copyOf(NpyWriter.bytes(new float[6], new float[6]), 170),
            "standardisation.npy: expected 2 rows, 48 bytes, found 42 bytes"),
        scale("of giants", giantNpy(), "a shape that fits a file, found (1, 3000000000)"),
        scale("zero", new float[6], new float[6], "must be positive"),
        damage("graph no zip", zip -> Zips.with(zip, "decoder.zip", NOTHING), "configuration"),
        damage("another graph", DamagedModelFileTest::graphOfOtherSizes, "decoder parameters"),
        graph("no coefficients", "coefficients.bin", NOTHING, "cannot be read"),
        graph("cut coefficients", "coefficients.bin", new byte[70], "cannot be read"),
        damage("coefficients cut short", DamagedModelFileTest::cutCoefficients, "cut short"),
        damage("a card of giants", DamagedModelFileTest::giantCard, "decoder parameters"));
  }

  static Stream<Arguments> damagedConfigurations() {
    return Stream.of(
        graph("no configuration", "configuration.json", NOTHING, "graph cannot be built"),
        graph("other configuration", "configuration.json", utf8("{}"), "graph cannot be built"),
        damage(
            "another model's configuration",
            DamagedModelFileTest::configurationOfOtherSizes,
            "graph cannot be built"));
  }

  /** Captioning does without the configuration; whoever wants the graph hears of it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("damagedConfigurations")
  void isExplainedWhenTheGraphIsBuilt(String name, UnaryOperator<byte[]> damage, String expected)
      throws IOException {
    Path file = Files.write(folder.resolve("model.c4j"), damage.apply(whole));
    CaptionModel model = CaptionModel.load(file);
    assertThatThrownBy(model::graph)
        .isExactlyInstanceOf(ModelException.class)
        .hasMessageContaining("model.c4j")
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void isExplained(String name, UnaryOperator<byte[]> damage, String expected) throws IOException {
    Path file = Files.write(folder.resolve("model.c4j"), damage.apply(whole));
    assertThatThrownBy(() -> CaptionModel.load(file))
        .isExactlyInstanceOf(ModelException.class)
        .hasMessageContaining("model.c4j")
        .hasMessageContaining(expected)
        .message()
        .doesNotContain("\n");
  }

  /** Messages are English, and so are their numbers. */
  @Test
  void numbersAreTheSameInEveryLocale() throws IOException {
    byte[] endless = Zips.with(whole, "model.json", new byte[2 << 20]);
    Path file = Files.write(folder.resolve("model.c4j"), endless);
    Locale usual = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
    try {
      assertThatThrownBy(() -> CaptionModel.load(file))
          .hasMessageContaining("at most 1,048,576 bytes");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, usual);
    }
  }

  /** Whichever byte is changed, the file is read as if nothing were or refused in one line. */
  @Test
  void aByteChangedAnywhereIsReadOrExplained() throws IOException {
    Path file = folder.resolve("model.c4j");
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      // Names and lengths of entries lie anywhere; most of them in the directory at the end.
      int end = i % 2 == 0 ? damaged.length : Math.min(600, damaged.length);
      damaged[damaged.length - 1 - random.nextInt(end)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        CaptionModel.load(file);
      } catch (ModelException e) {
        refused++;
        assertThat(e).message().contains("model.c4j").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.c4j");
    assertThatThrownBy(() -> CaptionModel.load(file))
        .isInstanceOf(ModelException.class)
        .hasMessage("There is no model file %s.", file);
    assertThatThrownBy(() -> ModelFile.readCard(file)).isInstanceOf(ModelException.class);
  }

  @Test
  void aFolderIsNoModelFile() {
    assertThatThrownBy(() -> CaptionModel.load(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void theCardAloneNeedsNoGraph() throws IOException {
    Path file = Files.write(folder.resolve("m.c4j"), Zips.without(whole, "decoder.zip"));
    assertThat(ModelFile.readCard(file).decoder().vocabularySize()).isEqualTo(30);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> ModelFile.readCard(file)).isInstanceOf(ModelException.class);
  }

  @Test
  void whatALaterWriterAddsIsPassedOver() throws IOException {
    byte[] later =
        edit(whole, "model.json", text -> text.replaceFirst("\\{", "{\"mood\": \"good\","));
    Path file = folder.resolve("m.c4j");
    Files.write(file, Zips.with(later, "thumbnail.png", new byte[] {1, 2, 3}));
    assertThat(CaptionModel.load(file).card().name()).isEqualTo("small");
  }

  private static Arguments damage(String name, UnaryOperator<byte[]> damage, String expected) {
    return arguments(name, damage, expected);
  }

  private static Arguments card(String name, String from, String to, String expected) {
    return damage(
        "card: " + name, zip -> edit(zip, "model.json", text -> replace(text, from, to)), expected);
  }

  private static Arguments scale(String name, float[] mean, float[] deviation, String expected) {
    byte[] npy = NpyWriter.bytes(mean, deviation);
    return scale(name, npy, expected);
  }

  private static Arguments scale(String name, byte[] npy, String expected) {
    return damage("scale: " + name, zip -> Zips.with(zip, "standardisation.npy", npy), expected);
  }

  private static Arguments graph(String name, String entry, byte[] content, String expected) {
    return damage(
        "graph: " + name,
        zip -> {
          Map<String, byte[]> entries = Zips.unpack(zip);
          byte[] inner = Zips.with(entries.get("decoder.zip"), entry, content);
          return Zips.with(zip, "decoder.zip", inner);
        },
        expected);
  }

  private static byte[] edit(byte[] zip, String entry, UnaryOperator<String> change) {
    String text = new String(Zips.unpack(zip).get(entry), StandardCharsets.UTF_8);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    return Zips.with(zip, entry, utf8(changed));
  }

  private static String replace(String text, String from, String to) {
    int at = text.indexOf(from);
    assertThat(at).as(from).isNotNegative();
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  /** Changes a byte of the graph, whose checksum then no longer fits. */
  private static byte[] changeLastOfGraph(byte[] zip) {
    byte[] changed = zip.clone();
    changed[zip.length * 3 / 4] ^= 1;
    return changed;
  }

  private static byte[] doubleVocabulary(byte[] zip) {
    byte[] two = Zips.with(zip, "Vocabulary.txt", utf8("again"));
    String latin = new String(two, StandardCharsets.ISO_8859_1);
    return latin.replace("Vocabulary.txt", "vocabulary.txt").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] graphOfOtherSizes(byte[] zip) {
    CaptionModel other = SmallModels.model(SmallModels.settings(31), 3);
    return Zips.with(zip, "decoder.zip", GraphZip.write(other.graph()));
  }

  private static byte[] configurationOfOtherSizes(byte[] zip) {
    byte[] other = Zips.unpack(graphOfOtherSizes(zip)).get("decoder.zip");
    byte[] configuration = Zips.unpack(other).get("configuration.json");
    byte[] inner = Zips.unpack(zip).get("decoder.zip");
    return Zips.with(zip, "decoder.zip", Zips.with(inner, "configuration.json", configuration));
  }

  private static byte[] cutCoefficients(byte[] zip) {
    byte[] inner = Zips.unpack(zip).get("decoder.zip");
    byte[] all = Zips.unpack(inner).get("coefficients.bin");
    byte[] cut = Zips.with(inner, "coefficients.bin", Arrays.copyOf(all, all.length - 4));
    return Zips.with(zip, "decoder.zip", cut);
  }

  private static byte[] giantNpy() {
    String npy = new String(NpyWriter.bytes(new float[6]), StandardCharsets.ISO_8859_1);
    return npy.replace("(1, 6), }" + " ".repeat(9), "(1, 3000000000), }")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] giantCard(byte[] zip) {
    return edit(
        zip,
        "model.json",
        text ->
            replace(
                replace(text, "\"stateSize\" : 7", "\"stateSize\" : 2000000000"),
                "\"embeddingSize\" : 5",
                "\"embeddingSize\" : 2000000000"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
