package io.caption4j.decoder;

import io.caption4j.encoder.Dl4jRuntime;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Steps the decoder that takes the picture as the LSTM's first input (Karpathy and Fei-Fei 2015,
 * Vinyals et al. 2015) with a copy of its graph's parameters. Immutable, so threads may share it.
 *
 * <p>What never changes is computed once: standardisation, the image's embedding and its batch
 * normalisation are one affine map, and the input half of the LSTM's gates is a table with a row
 * for each word. A step is then two matrix products that read the weights once for all hypotheses.
 *
 * <p>Matrices are in Fortran order with a column for each hypothesis, so that the memory of one
 * hypothesis is contiguous and every product is the plain one of BLAS.
 */
final class ShowTellStepper implements Stepper {
  static {
    Dl4jRuntime.prepare();
  }

  /** Sizes, for {@link ShowTellSteps}. */
  final DecoderSettings sizes;

  /** The image's affine map and its shift, (E, C) and (E, 1). */
  final INDArray imageWeights;

  final INDArray imageBias;

  /** Input weights of the gates, (4H, E), and their bias, (4H). */
  final INDArray inputWeights;

  final float[] gateBias;

  /** Gates' input half for each word, bias included, (V, 4H) row by row. */
  final float[] wordGates;

  /** Recurrent weights of the gates, (4H, H). */
  final INDArray recurrentWeights;

  /** Output weights, (V, H), and their bias, (V). */
  final INDArray outputWeights;

  final float[] outputBias;

  /**
   * Copies the parameters.
   *
   * @throws ModelException if the graph lacks a parameter or one has another shape than the card's
   *     sizes ask for
   */
  ShowTellStepper(CaptionModel model) {
    sizes = model.card().decoder();
    ComputationGraph graph = model.graph();
    int features = sizes.featureSize();
    int embedding = sizes.embeddingSize();
    int state = sizes.stateSize();
    int words = sizes.vocabularySize();

    INDArray scale = normScale(graph, embedding); // (1, E)
    INDArray deviation =
        Nd4j.createFromArray(model.standardisation().deviation()).reshape(1, features);
    INDArray mean = Nd4j.createFromArray(model.standardisation().mean()).reshape(1, features);
    INDArray folded = // (C, E)
        matrix(graph, ShowTellGraph.IMAGE_EMBEDDING, "W", features, embedding)
            .dup('c')
            .diviColumnVector(deviation.transpose())
            .muliRowVector(scale);
    imageWeights = columns(folded);
    INDArray shift = // (1, E)
        vector(graph, ShowTellGraph.IMAGE_EMBEDDING, "b", embedding)
            .sub(vector(graph, ShowTellGraph.IMAGE_NORM, "mean", embedding))
            .muli(scale)
            .addi(vector(graph, ShowTellGraph.IMAGE_NORM, "beta", embedding))
            .subi(mean.mmul(folded));
    imageBias = columns(shift);

    inputWeights = columns(matrix(graph, ShowTellGraph.LSTM, "W", embedding, 4L * state));
    recurrentWeights = columns(matrix(graph, ShowTellGraph.LSTM, "RW", state, 4L * state));
    gateBias = floats(vector(graph, ShowTellGraph.LSTM, "b", 4L * state));
    wordGates =
        wordGates(
            columns(matrix(graph, ShowTellGraph.WORD_EMBEDDING, "W", words, embedding)), words);
    outputWeights = columns(matrix(graph, ShowTellGraph.OUTPUT, "W", state, words));
    outputBias = floats(vector(graph, ShowTellGraph.OUTPUT, "b", words));
  }

  @Override
  public int vocabularySize() {
    return sizes.vocabularySize();
  }

  @Override
  public int featureSize() {
    return sizes.featureSize();
  }

  @Override
  public Steps start(INDArray pooled, int capacity) {
    return new ShowTellSteps(this, pooled, capacity);
  }

  /** gamma / sqrt(variance + epsilon) of the image's batch normalisation, (1, E). */
  private static INDArray normScale(ComputationGraph graph, int embedding) {
    INDArray gamma = vector(graph, ShowTellGraph.IMAGE_NORM, "gamma", embedding);
    INDArray variance = vector(graph, ShowTellGraph.IMAGE_NORM, "var", embedding);
    double epsilon =
        ((BatchNormalization) graph.getLayer(ShowTellGraph.IMAGE_NORM).conf().getLayer()).getEps();
    INDArray scale = Nd4j.createUninitializedDetached(DataType.FLOAT, 1, embedding);
    for (int e = 0; e < embedding; e++) {
      scale.putScalar(0, e, gamma.getDouble(0, e) / Math.sqrt(variance.getDouble(0, e) + epsilon));
    }
    return scale;
  }

  private float[] wordGates(INDArray embeddings, int words) {
    int gates = gateBias.length;
    if ((long) words * gates > Integer.MAX_VALUE) {
      throw new ModelException(
          "A vocabulary of %d words with %d LSTM units is too large to search; expected fewer than %d words."
              .formatted(words, gates / 4, Integer.MAX_VALUE / gates));
    }
    INDArray product = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', gates, words);
    Nd4j.gemm(inputWeights, embeddings, product, false, false, 1, 0); // (4H, V)
    float[] table = new float[words * gates];
    product.data().asNioFloat().get(table);
    product.close();
    embeddings.close();
    for (int w = 0, i = 0; w < words; w++) {
      for (int g = 0; g < gates; g++, i++) {
        table[i] += gateBias[g];
      }
    }
    return table;
  }

  private static INDArray matrix(
      ComputationGraph graph, String layer, String name, long rows, long columns) {
    INDArray found = parameter(graph, layer, name);
    if (found.rank() != 2 || found.size(0) != rows || found.size(1) != columns) {
      throw misfit(layer, name, "(%d, %d)".formatted(rows, columns), found);
    }
    return found;
  }

  /** A parameter with one dimension that counts, as (1, length). */
  private static INDArray vector(ComputationGraph graph, String layer, String name, long length) {
    INDArray found = parameter(graph, layer, name);
    if (found.length() != length) {
      throw misfit(layer, name, "(%d)".formatted(length), found);
    }
    return found.reshape(1, length);
  }

  private static INDArray parameter(ComputationGraph graph, String layer, String name) {
    INDArray found =
        graph.getVertex(layer) == null || !graph.getVertex(layer).hasLayer()
            ? null
            : graph.getLayer(layer).getParam(name);
    if (found == null) {
      throw new ModelException(
          "The decoder's graph has no parameter %s of a layer %s; expected the graph of a %s decoder."
              .formatted(name, layer, DecoderSettings.SHOW_TELL));
    }
    return found;
  }

  private static ModelException misfit(String layer, String name, String expected, INDArray found) {
    return new ModelException(
        "Parameter %s of the decoder's layer %s should have the shape %s by the model's card, found %s."
            .formatted(name, layer, expected, Arrays.toString(found.shape())));
  }

  /** The transposed matrix in Fortran order: (r, c) to (c, r). */
  private static INDArray columns(INDArray matrix) {
    INDArray result =
        Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', matrix.size(1), matrix.size(0));
    return result.assign(matrix.transpose());
  }

  private static float[] floats(INDArray row) {
    return row.dup().data().asFloat();
  }
}
