package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole model files; DamagedModelFileTest has the others. */
class CaptionModelTest {
  @TempDir Path folder;
  private final CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);

  @Test
  void comesBackAsItWas() {
    Path file = folder.resolve("new/model.c4j");
    model.save(file);
    CaptionModel loaded = CaptionModel.load(file);
    assertThat(loaded.card()).usingRecursiveComparison().isEqualTo(model.card());
    assertThat(loaded.vocabulary()).isEqualTo(model.vocabulary());
    assertThat(loaded.standardisation().mean()).isEqualTo(model.standardisation().mean());
    assertThat(loaded.standardisation().deviation()).isEqualTo(model.standardisation().deviation());
    assertThat(loaded.graph().params()).isEqualTo(model.graph().params());

    float[] pooled = SmallModels.features(5, 6, 1);
    Search search = Search.beam(3).withTop(3);
    List<List<Caption>> expected = new CaptionSearcher(model).search(pooled, 5, search);
    assertThat(new CaptionSearcher(loaded).search(pooled, 5, search)).isEqualTo(expected);
    assertThat(ModelFile.readCard(file)).usingRecursiveComparison().isEqualTo(loaded.card());
  }

  @Test
  void savedAgainItIsTheSameFile() throws IOException {
    Path first = folder.resolve("first.c4j");
    Path second = folder.resolve("second.c4j");
    model.save(first);
    CaptionModel.load(first).save(second);
    assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
  }

  @Test
  void itsPartsAreReadableByOthers() throws IOException {
    Path file = folder.resolve("model.c4j");
    model.save(file);
    var entries = Zips.unpack(Files.readAllBytes(file));
    assertThat(entries)
        .containsOnlyKeys("model.json", "vocabulary.txt", "standardisation.npy", "decoder.zip");
    assertThat(text(entries.get("model.json")))
        .contains("\n  \"formatVersion\" : 1,\n")
        .contains("\"CIDEr-D\" : 0.5");
    assertThat(text(entries.get("vocabulary.txt")).lines().toList())
        .isEqualTo(model.vocabulary().lines());
    Path graph = Files.write(folder.resolve("decoder.zip"), entries.get("decoder.zip"));
    ComputationGraph byDl4j = ModelSerializer.restoreComputationGraph(graph.toFile(), false);
    assertThat(byDl4j.params()).isEqualTo(model.graph().params());
  }

  @Test
  void replacesAFileInOneStep() throws IOException {
    Path file = Files.writeString(folder.resolve("model.c4j"), "an old file");
    model.save(file);
    assertThat(CaptionModel.load(file).card().name()).isEqualTo("small");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysThatItCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way").resolve("model.c4j");
    assertThatThrownBy(() -> model.save(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("Cannot write the model file " + file);
    assertThat(folder.resolve("file")).hasContent("in the way");
  }

  @Test
  void doesNotWriteACardThatItWouldNotRead() {
    ModelCard card = model.card();
    ModelCard unlicensed =
        new ModelCard(
            1,
            "n",
            card.encoder(),
            card.decoder(),
            card.tokenizer(),
            card.training(),
            null,
            List.of());
    CaptionModel unfit =
        new CaptionModel(
            unlicensed,
            model.vocabulary(),
            model.standardisation(),
            null,
            model.encoder(),
            model.graph());
    Path file = folder.resolve("model.c4j");
    assertThatThrownBy(() -> unfit.save(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("license");
    assertThat(folder).isEmptyDirectory();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
