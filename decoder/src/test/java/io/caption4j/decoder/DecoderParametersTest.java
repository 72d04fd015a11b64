package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters lie where DL4J puts them. */
class DecoderParametersTest {
  static List<CaptionModel> models() {
    return List.of(
        SmallModels.model(SmallModels.settings(11), 4),
        SmallModels.model(SmallModels.attention(11), 4));
  }

  @ParameterizedTest
  @MethodSource("models")
  void lieInTheOrderOfDl4jsFlattenedGraph(CaptionModel model) {
    float[] flattened = model.graph().params().dup('c').data().asFloat();
    assertThat(floats(model.parameters().values())).isEqualTo(flattened);
  }

  @ParameterizedTest
  @MethodSource("models")
  void readFromAFileAreThoseOfDl4jsParameterTable(CaptionModel model, @TempDir Path folder) {
    Path file = folder.resolve("model.c4j");
    model.save(file);
    CaptionModel loaded = CaptionModel.load(file);
    DecoderParameters read = loaded.parameters(); // before there is a graph

    Map<String, INDArray> table = SmallModels.parameters(model.graph());
    assertThat(DecoderLayout.of(read.sizes())).hasSameSizeAs(table.keySet());
    for (DecoderLayout.Tensor tensor : DecoderLayout.of(read.sizes())) {
      INDArray expected = table.get(tensor.layer() + "_" + tensor.name());
      assertThat(read.floats(tensor.layer(), tensor.name()))
          .as(tensor.toString())
          .isEqualTo(expected.dup('f').data().asFloat());
    }
    assertThat(loaded.parameterCount()).isEqualTo(model.graph().params().length());
    assertThat(loaded.graph().params()).isEqualTo(model.graph().params());
  }

  /** Files of before, whose parameters are deflated, come from DL4J's own writer. */
  @ParameterizedTest
  @MethodSource("models")
  void comeFromDl4jsOwnArchivesToo(CaptionModel model, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.c4j");
    model.save(file);
    ComputationGraph graph = model.graph();
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, archive, false);
    Files.write(file, Zips.with(Files.readAllBytes(file), "decoder.zip", archive.toByteArray()));
    CaptionModel loaded = CaptionModel.load(file);
    assertThat(floats(loaded.parameters().values()))
        .isEqualTo(graph.params().dup('c').data().asFloat());
    assertThat(loaded.graph().params()).isEqualTo(graph.params());
  }

  private static float[] floats(FloatPointer memory) {
    float[] copy = new float[(int) memory.capacity()];
    memory.asBuffer().get(copy);
    return copy;
  }
}
