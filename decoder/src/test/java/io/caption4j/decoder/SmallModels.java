package io.caption4j.decoder;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Vocabulary;
import io.caption4j.encoder.Dl4jRuntime;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Preprocessing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Seeded random models with decided opinions, so that searches have something to choose from. */
final class SmallModels {
  static final String ENCODER_NAME = "fake";
  static final String ENCODER_HASH = "ab".repeat(32);

  private SmallModels() {
    // Only factories.
  }

  /** Sizes for most tests: C = 6, E = 5, H = 7. */
  static DecoderSettings settings(int vocabularySize) {
    return new DecoderSettings(DecoderSettings.SHOW_TELL, 6, vocabularySize, 5, 7, 0.3);
  }

  /** A model of those sizes; the same seed gives the same parameters. */
  static CaptionModel model(DecoderSettings settings, long seed) {
    Dl4jRuntime.prepare();
    Random random = new Random(seed);
    ComputationGraph graph =
        DecoderGraph.build(settings, new DecoderGraph.Learning(new FixedSchedule(1e-3), 5, seed));
    for (Map.Entry<String, INDArray> parameter : parameters(graph).entrySet()) {
      boolean positive = parameter.getKey().endsWith("var") || parameter.getKey().endsWith("gamma");
      INDArray values = parameter.getValue();
      values.assign(random(random, positive, values.shape()));
    }
    return new CaptionModel(
        card(settings, seed),
        vocabulary(settings.vocabularySize()),
        standardisation(settings.featureSize(), random),
        settings.features() == FeatureCache.Kind.GRID
            ? standardisation(settings.featureSize(), random)
            : null,
        PackedEncoder.named(ENCODER_NAME),
        graph);
  }

  /** The same with another encoder, of whose features its card says that it was trained on them. */
  static CaptionModel withEncoder(CaptionModel model, PackedEncoder encoder, String hash) {
    ModelCard card = model.card();
    ModelCard changed =
        new ModelCard(
            card.formatVersion(),
            card.name(),
            new ModelCard.Encoder(encoder.name(), hash, card.encoder().preprocessing()),
            card.decoder(),
            card.tokenizer(),
            card.training(),
            card.license(),
            card.notes());
    return new CaptionModel(
        changed,
        model.vocabulary(),
        model.standardisation(),
        model.gridStandardisation(),
        encoder,
        model.graph());
  }

  /** All parameters by vertex and name, those of vertices too, which DL4J's table leaves out. */
  static Map<String, INDArray> parameters(ComputationGraph graph) {
    Map<String, INDArray> all = new LinkedHashMap<>();
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex.numParams() > 0) {
        vertex.paramTable(false).forEach((k, p) -> all.put(vertex.getVertexName() + "_" + k, p));
      }
    }
    return all;
  }

  /** Sizes of an attention decoder: C = 6, E = 5, H = 7. */
  static DecoderSettings attention(int vocabularySize) {
    return new DecoderSettings(DecoderSettings.ATTENTION, 6, vocabularySize, 5, 7, 0.3);
  }

  /** Raw pooled features of pictures, (N, C), row-major. */
  static float[] features(int pictures, int channels, long seed) {
    Random random = new Random(seed);
    float[] features = new float[pictures * channels];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    return features;
  }

  static ModelCard card(DecoderSettings settings, long seed) {
    Preprocessing preprocessing =
        new Preprocessing(
            8, Preprocessing.ChannelOrder.RGB, new double[] {1, 2, 3}, new double[] {4, 5, 6});
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        "small",
        new ModelCard.Encoder(ENCODER_NAME, ENCODER_HASH, preprocessing),
        settings,
        CaptionTokenizer.NAME,
        new ModelCard.Training(
            "nothing", 10, 50, 1, seed, 3, 2, Map.of("CIDEr-D", 0.5), "2026-11-24", "0.1.0"),
        "Apache-2.0",
        List.of());
  }

  /** The four special ids and words that sort as their ids do. */
  static Vocabulary vocabulary(int size) {
    List<String> words = new ArrayList<>();
    for (int id = Vocabulary.UNK + 1; id < size; id++) {
      words.add("w%05d".formatted(id));
    }
    return Vocabulary.build(List.of(words), 1);
  }

  private static Standardisation standardisation(int channels, Random random) {
    float[] mean = new float[channels];
    float[] deviation = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = (float) random.nextGaussian();
      deviation[c] = 0.5f + random.nextFloat();
    }
    return new Standardisation(mean, deviation);
  }

  private static INDArray random(Random random, boolean positive, long... shape) {
    INDArray values = Nd4j.create(shape);
    for (long i = 0; i < values.length(); i++) {
      double value = random.nextGaussian();
      values.putScalar(i, positive ? 0.5 + Math.abs(value) : value);
    }
    return values;
  }
}
