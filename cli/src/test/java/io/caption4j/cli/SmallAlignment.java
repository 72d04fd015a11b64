package io.caption4j.cli;

import io.caption4j.align.AlignmentCard;
import io.caption4j.align.AlignmentGraph;
import io.caption4j.align.AlignmentModel;
import io.caption4j.align.AlignmentSettings;
import io.caption4j.align.MaxMarginRanking;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.Standardisation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.schedule.FixedSchedule;

/** An untrained alignment model of the bundled encoder: it knows a few words and means nothing. */
final class SmallAlignment {
  private static final int REGIONS = 20;

  private SmallAlignment() {}

  /**
   * A model.
   *
   * @param space size of the space that regions and words share
   * @param words that it knows
   */
  static AlignmentModel knowing(int space, String... words) {
    Vocabulary vocabulary = Vocabulary.build(List.of(List.of(words)), 1);
    CaptionModel captioner = CaptionModel.bundled();
    int channels = captioner.standardisation().mean().length;
    float[] deviation = new float[channels];
    Arrays.fill(deviation, 1);
    AlignmentSettings settings =
        new AlignmentSettings(
            AlignmentSettings.RELU, channels, vocabulary.size(), 12, 10, space, true, 0);
    return new AlignmentModel(
        new AlignmentCard(
            AlignmentCard.FORMAT_VERSION,
            "untrained",
            captioner.card().encoder(),
            settings,
            CaptionTokenizer.NAME,
            new ModelCard.Training("none", 1, 1, 1, 1, 1, 1, Map.of(), "2026-11-25", "0"),
            "none"),
        vocabulary,
        new Standardisation(new float[channels], deviation),
        AlignmentModel.weights(
            AlignmentGraph.build(
                settings,
                REGIONS,
                new AlignmentGraph.Learning(
                    new FixedSchedule(1e-3), 1, new MaxMarginRanking(1, false), 3))),
        null);
  }
}
