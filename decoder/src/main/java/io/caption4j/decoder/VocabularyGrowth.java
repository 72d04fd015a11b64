package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * Makes room for new words in a trained decoder. A new word is expected where a rare one was: its
 * column of the output is that of UNK, which gives half of its probability to the new words, by
 * their counts. So what the model says of all other words stays as it is. The embeddings of new
 * words begin at random, as all did.
 */
final class VocabularyGrowth {
  private static final long SEED = 1; // of the new embeddings

  private final ComputationGraph from;
  private final Vocabulary grown;
  private final int known;

  private VocabularyGrowth(ComputationGraph from, Vocabulary grown, int known) {
    this.from = from;
    this.grown = grown;
    this.known = known;
  }

  /** The model with a vocabulary that begins with its own. */
  static CaptionModel of(CaptionModel model, Vocabulary grown) {
    Vocabulary own = model.vocabulary();
    if (grown.size() < own.size() || !grown.lines().subList(0, own.size()).equals(own.lines())) {
      throw new IllegalArgumentException(
          "Expected the model's %d words first, found others.".formatted(own.words()));
    }
    ModelCard card = model.card();
    DecoderSettings sizes = card.decoder();
    DecoderSettings larger =
        new DecoderSettings(
            sizes.kind(),
            sizes.featureSize(),
            grown.size(),
            sizes.embeddingSize(),
            sizes.stateSize(),
            sizes.dropout());
    ComputationGraph graph =
        DecoderGraph.build(larger, new DecoderGraph.Learning(new FixedSchedule(1), 1, SEED));
    new VocabularyGrowth(model.graph(), grown, own.size()).copyTo(graph);
    return new CaptionModel(
        new ModelCard(
            card.formatVersion(),
            card.name(),
            card.encoder(),
            larger,
            card.tokenizer(),
            card.training(),
            card.license(),
            card.notes()),
        grown,
        model.standardisation(),
        model.gridStandardisation(),
        model.encoder(),
        graph);
  }

  private void copyTo(ComputationGraph graph) {
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex.numParams() > 0) {
        String layer = vertex.getVertexName();
        Map<String, INDArray> values = from.getVertex(layer).paramTable(false);
        vertex.paramTable(false).forEach((name, to) -> copy(layer, values.get(name), to));
      }
    }
  }

  private void copy(String layer, INDArray values, INDArray target) {
    if (layer.equals(DecoderGraph.WORD_EMBEDDING)) {
      target.get(NDArrayIndex.interval(0, known), NDArrayIndex.all()).assign(values); // (V, E)
    } else if (layer.equals(DecoderGraph.OUTPUT)) {
      boolean bias = values.rank() == 1 || values.size(0) == 1;
      output(
          bias ? values.reshape(1, known) : values,
          bias ? target.reshape(1, grown.size()) : target, // a view
          bias);
    } else {
      target.assign(values);
    }
  }

  /** Of shape (H, V), or (1, V) for the bias. */
  private void output(INDArray values, INDArray target, boolean bias) {
    target.get(NDArrayIndex.all(), NDArrayIndex.interval(0, known)).assign(values);
    INDArray rare = values.getColumn(Vocabulary.UNK, true);
    double counts = IntStream.range(known, grown.size()).mapToLong(grown::count).sum();
    for (int id = known; id < grown.size(); id++) {
      double share = bias ? Math.log(0.5 * grown.count(id) / counts) : 0;
      target.getColumn(id, true).assign(rare.add(share));
    }
    if (bias) {
      target.getColumn(Vocabulary.UNK, true).subi(Math.log(2));
    }
  }
}
