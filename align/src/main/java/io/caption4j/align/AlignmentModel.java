package io.caption4j.align;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Safetensors;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * A trained alignment model.
 *
 * @param card what it says of itself
 * @param vocabulary words and ids
 * @param standardisation of the regions' features, (C)
 * @param weights {@code <layer>_W} (in, out), {@code <layer>_RW}, {@code <layer>_b} of every layer,
 *     as {@link AlignmentGraph} names them
 * @param packedEncoder whose features it reads, as its file carries it
 */
public record AlignmentModel(
    AlignmentCard card,
    Vocabulary vocabulary,
    Standardisation standardisation,
    Safetensors weights,
    PackedEncoder packedEncoder) {
  private static final String BUNDLED = "flickr8k.c4a";

  /** Checks that the parts fit together. */
  public AlignmentModel {
    if (vocabulary.size() != card.settings().vocabularySize()) {
      throw new AlignException(
          "'%s' has a vocabulary of %d words, but was trained on %d: it was put together from two models."
              .formatted(card.name(), vocabulary.size(), card.settings().vocabularySize()));
    }
    if (standardisation.mean().length != card.settings().featureSize()) {
      throw new AlignException(
          "'%s' standardises %d feature channels, but was trained on %d: it was put together from two models."
              .formatted(
                  card.name(), standardisation.mean().length, card.settings().featureSize()));
    }
  }

  /** The weights of a graph. */
  public static Safetensors weights(ComputationGraph graph) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      INDArray values = parameter.getValue();
      tensors.put(
          parameter.getKey(),
          new Safetensors.Tensor(
              values.shape(), FloatBuffer.wrap(values.dup('c').data().asFloat())));
    }
    return Safetensors.of("the graph", tensors, Map.of());
  }

  /**
   * Its graph, to score many sentences at once.
   *
   * @param regions of each picture, R
   */
  public ComputationGraph graph(int regions) {
    ComputationGraph graph =
        AlignmentGraph.build(
            card.settings(),
            regions,
            new AlignmentGraph.Learning(
                new FixedSchedule(1e-3), 1, new MaxMarginRanking(1, false), 0));
    copyTo(graph);
    return graph;
  }

  /**
   * Gives a graph its parameters.
   *
   * @throws io.caption4j.encoder.EncoderException if the graph is of other sizes
   */
  public void copyTo(ComputationGraph graph) {
    graph
        .paramTable()
        .forEach(
            (name, target) -> {
              FloatBuffer values = weights.floats(name, target.shape());
              float[] floats = new float[values.remaining()];
              values.get(floats);
              target.assign(Nd4j.createFromArray(floats).reshape('c', target.shape()));
            });
  }

  /**
   * Opens the encoder that belongs to it: its own, the bundled captioner's, or a pretrained one.
   *
   * @throws AlignException if none of these is the one that it was trained with
   */
  public ImageEncoder encoder(EncoderEngine engine) {
    if (packedEncoder.travels()) {
      return packedEncoder.open(engine);
    }
    CaptionModel captioner = CaptionModel.bundled();
    if (captioner.card().encoder().hash().equals(card.encoder().hash())) {
      return captioner.encoder(engine);
    }
    ImageEncoder encoder = packedEncoder.open(engine);
    if (!encoder.hash().equals(card.encoder().hash())) {
      encoder.close();
      throw new AlignException(
          "The alignment model '%s' was trained on features of the encoder %s with the hash %s, which does not come with this caption4j. Train it again, or use the caption4j that made it."
              .formatted(card.name(), card.encoder().name(), card.encoder().hash()));
    }
    return encoder;
  }

  /** Writes it, whole or not at all. */
  public void save(Path file) {
    AlignmentFile.write(this, file);
  }

  /**
   * Reads a file.
   *
   * @throws AlignException if there is no such file, or it is damaged or of another kind
   */
  public static AlignmentModel load(Path file) {
    return AlignmentFile.read(file);
  }

  /**
   * The model that comes with caption4j, trained on Flickr8k.
   *
   * @throws AlignException if this build has none
   */
  public static AlignmentModel bundled() {
    try (InputStream in = AlignmentModel.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new AlignException(
            "This build of caption4j has no bundled alignment model (%s); train one with: caption4j align train --data DIR --out DIR, and name it."
                .formatted(BUNDLED));
      }
      return AlignmentFile.read(new BufferedInputStream(in), "the bundled alignment model");
    } catch (IOException e) {
      throw new AlignException("The bundled alignment model cannot be read: " + e, e);
    }
  }
}
