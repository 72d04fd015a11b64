package io.caption4j.train;

import io.caption4j.data.BuildVersion;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.DecoderSettings;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.UnfrozenGraph;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Safetensors;
import io.caption4j.evaluate.Scores;
import java.time.LocalDate;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Makes a run's graphs, and models of them.
 *
 * @param settings of the run
 * @param source the data set, for people
 * @param images pictures that are trained on
 * @param captions of these
 * @param from the model to go on from; or null
 * @param packedEncoder the encoder as a model's file carries it
 * @param encoder the same, open
 * @param pictures where features come from
 * @param vocabulary of the captions
 * @param statistics of the features
 */
record TrainingModels(
    TrainSettings settings,
    String source,
    int images,
    int captions,
    CaptionModel from,
    PackedEncoder packedEncoder,
    ImageEncoder encoder,
    PictureSource pictures,
    Vocabulary vocabulary,
    FeatureStatistics statistics) {
  private Hyperparameters hyper() {
    return settings.hyperparameters();
  }

  /** A new graph with the parameters to begin with. */
  ComputationGraph graph(DecoderGraph.Learning learning, ISchedule encoderRate) {
    if (pictures instanceof UnfrozenSource unfrozen) {
      return UnfrozenGraph.build(
          from, decoder(), learning, unfrozen.tail(), encoderRate, weights(from));
    }
    ComputationGraph graph = DecoderGraph.build(decoder(), learning);
    if (from == null) {
      DecoderGraph.biasToWordFrequency(graph, vocabulary);
    } else {
      graph.params().assign(from.graph().params());
    }
    return graph;
  }

  /** Kind and sizes of the decoder. */
  DecoderSettings decoder() {
    return new DecoderSettings(
        hyper().decoder(),
        encoder.channels(),
        vocabulary.size(),
        hyper().embeddingSize(),
        hyper().stateSize(),
        hyper().dropout());
  }

  /** A model for searches alone, which shares the graph's parameters. */
  CaptionModel searchable(ComputationGraph graph) {
    return new CaptionModel(
        card(0, Map.of(), encoder.hash()),
        vocabulary,
        statistics.pooled(),
        statistics.grid(),
        packedEncoder,
        graph);
  }

  /** A model of the graph as it is now, to be saved. */
  CaptionModel model(ComputationGraph graph, double epoch, Scores scores) {
    Map<String, Double> figures =
        Map.of("CIDEr-D greedy", scores.ciderD(), "BLEU-4 greedy", scores.bleu4());
    PackedEncoder packed = packedEncoder;
    ComputationGraph alone = graph;
    String hash = encoder.hash();
    if (pictures instanceof UnfrozenSource unfrozen) {
      packed = PackedEncoder.efficientNetLite0(weights(from).with(unfrozen.tail().export(graph)));
      DecoderGraph.Learning none =
          new DecoderGraph.Learning(new FixedSchedule(1), 1, hyper().seed());
      alone = UnfrozenGraph.decoder(graph, decoder(), none);
      try (ImageEncoder tuned = packed.open(settings.engine())) {
        hash = tuned.hash();
      }
    }
    return new CaptionModel(
        card(epoch, figures, hash),
        vocabulary,
        statistics.pooled(),
        statistics.grid(),
        packed,
        alone);
  }

  private ModelCard card(double epoch, Map<String, Double> scores, String encoderHash) {
    ModelCard.Training how =
        new ModelCard.Training(
            source,
            images,
            captions,
            hyper().minCount(),
            hyper().seed(),
            hyper().epochs(),
            epoch,
            scores,
            LocalDate.now().toString(),
            BuildVersion.current());
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        settings.name(),
        new ModelCard.Encoder(encoder.name(), encoderHash, encoder.preprocessing()),
        decoder(),
        CaptionTokenizer.NAME,
        how,
        settings.license(),
        settings.notes());
  }

  /**
   * The weights of a model's encoder, whose last blocks are to be trained.
   *
   * @throws TrainException if it is another encoder than EfficientNet-Lite0
   */
  static Safetensors weights(CaptionModel model) {
    return model
        .encoder()
        .efficientNetLite0Weights()
        .orElseThrow(
            () ->
                new TrainException(
                    "--unfreeze works with the encoder %s alone; the model '%s' has %s."
                        .formatted(
                            Encoders.EFFICIENTNET_LITE0,
                            model.card().name(),
                            model.card().encoder().name())));
  }
}
