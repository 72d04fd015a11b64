package io.caption4j.decoder;

import io.caption4j.data.Vocabulary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A trained model in memory: everything of a {@code .c4j} file.
 *
 * @param card what it says of itself
 * @param vocabulary words and ids
 * @param standardisation of the encoder's pooled features
 * @param graph the decoder as {@link ShowTellGraph} builds it
 */
public record CaptionModel(
    ModelCard card,
    Vocabulary vocabulary,
    Standardisation standardisation,
    ComputationGraph graph) {
  private static final String BUNDLED = "flickr8k.c4j";

  /**
   * Writes a model file, see {@link ModelFile}. A file of that name is replaced in one step; its
   * folder is made if need be.
   *
   * @throws ModelException if it cannot be written; an old file is then as it was
   */
  public void save(Path file) {
    ModelWriter.write(this, file);
  }

  /**
   * Reads a model file.
   *
   * @throws ModelException if there is no such file, it is damaged, cut short or of another format
   *     version, or its parts do not fit together
   */
  public static CaptionModel load(Path file) {
    return ModelFile.read(file);
  }

  /**
   * The model that comes with caption4j, trained on Flickr8k.
   *
   * @throws ModelException if this build has none
   */
  public static CaptionModel bundled() {
    try (InputStream in = CaptionModel.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new ModelException(
            "This build of caption4j has no bundled model (%s); name a model file instead."
                .formatted(BUNDLED));
      }
      return ModelReader.read(new BufferedInputStream(in), "the bundled model");
    } catch (IOException e) {
      throw ModelFile.unreadable("the bundled model", e);
    }
  }
}
