package io.caption4j.cli;

import io.caption4j.align.AlignmentCard;
import io.caption4j.align.AlignmentGraph;
import io.caption4j.align.AlignmentModel;
import io.caption4j.align.AlignmentSettings;
import io.caption4j.align.GridWindows;
import io.caption4j.align.MaxMarginRanking;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Alignment models that have not learned anything, for all that does not depend on it. */
final class UntrainedAligner {
  private UntrainedAligner() {}

  /** Writes one that knows some words. */
  static Path write(Path file, List<String> words) {
    Vocabulary vocabulary = Vocabulary.build(List.of(words), 1);
    float[] ones = new float[1280];
    Arrays.fill(ones, 1);
    AlignmentSettings settings =
        new AlignmentSettings("relu", 1280, vocabulary.size(), 8, 8, 12, true, 0);
    try (ImageEncoder encoder = Encoders.byName("efficientnet-lite0", EncoderEngine.AUTO)) {
      AlignmentCard card =
          new AlignmentCard(
              AlignmentCard.FORMAT_VERSION,
              "untrained",
              new ModelCard.Encoder(encoder.name(), encoder.hash(), encoder.preprocessing()),
              settings,
              CaptionTokenizer.NAME,
              new ModelCard.Training("test", 1, 1, 1, 1, 1, 1, Map.of(), "2026-11-25", "0"),
              "none");
      AlignmentGraph.Learning learning =
          new AlignmentGraph.Learning(
              new FixedSchedule(1e-3), 1e9, new MaxMarginRanking(1, false), 3);
      new AlignmentModel(
              card,
              vocabulary,
              new Standardisation(new float[1280], ones),
              AlignmentModel.weights(AlignmentGraph.build(settings, GridWindows.COUNT, learning)),
              PackedEncoder.bundled())
          .save(file);
    }
    return file;
  }
}
