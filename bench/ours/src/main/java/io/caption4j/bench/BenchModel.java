package io.caption4j.bench;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CosineSchedule;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** An untrained model that never ends a caption, so that each has as many words as are allowed. */
final class BenchModel {
  private static final float NEVER = -50;

  private BenchModel() {}

  /** A model of V words, E = H = size. */
  static CaptionModel of(ImageEncoder encoder, int words, int size) {
    DecoderSettings sizes =
        new DecoderSettings(DecoderSettings.SHOW_TELL, encoder.channels(), words, size, size, 0.5);
    ComputationGraph graph = DecoderGraph.build(
            sizes, new DecoderGraph.Learning(new CosineSchedule(1e-3, 1_000_000), 5, 1));
    graph.getLayer(DecoderGraph.OUTPUT).getParam("b").putScalar(Vocabulary.END, NEVER);
    float[] zeros = new float[encoder.channels()];
    float[] ones = new float[encoder.channels()];
    Arrays.fill(ones, 1);
    return new CaptionModel(
        card(encoder, sizes),
        vocabulary(words),
        new Standardisation(zeros, ones),
        null,
        PackedEncoder.bundled(),
        graph);
  }

  private static ModelCard card(ImageEncoder encoder, DecoderSettings sizes) {
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        "bench",
        new ModelCard.Encoder(encoder.name(), encoder.hash(), encoder.preprocessing()),
        sizes,
        CaptionTokenizer.NAME,
        new ModelCard.Training("none", 1, 1, 1, 1, 1, 1, Map.of(), "2026-11-24", "0.1.0"),
        "Apache-2.0", List.of());
  }

  private static Vocabulary vocabulary(int size) {
    List<String> words = new ArrayList<>();
    for (int id = Vocabulary.UNK + 1; id < size; id++) {
      words.add("w%06d".formatted(id));
    }
    return Vocabulary.build(List.of(words), 1);
  }
}
