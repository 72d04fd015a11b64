package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The form of our vertices in the configurations of checkpoints, which must stay readable. */
class RowsVertexTest {
  private static final ObjectMapper JSON = NeuralNetConfiguration.mapper();

  @Test
  void gridRowsKeepTheirForm() throws IOException {
    assertForm(
        new GridRows(new float[] {1, 2}, new float[] {3, 4}),
        "{\"@class\": \"io.caption4j.decoder.GridRows\", \"deviation\": [3.0, 4.0], \"mean\": [1.0, 2.0]}");
  }

  @Test
  void pooledRowsKeepTheirForm() throws IOException {
    assertForm(
        new PooledRows(new float[] {1, 2}, new float[] {3, 4}),
        "{\"@class\": \"io.caption4j.decoder.PooledRows\", \"scale\": [1.0, 2.0], \"shift\": [3.0, 4.0]}");
  }

  private static void assertForm(GraphVertex vertex, String json) throws IOException {
    assertThat(JSON.readTree(JSON.writeValueAsString(vertex))).isEqualTo(JSON.readTree(json));
    assertThat(JSON.readValue(json, GraphVertex.class)).isEqualTo(vertex);
  }
}
