package io.caption4j.align;

import io.caption4j.data.Vocabulary;
import java.util.List;

/** Sentences to word vectors with a trained model, in plain floats. Immutable. */
public final class SentenceEncoder {
  private final Vocabulary vocabulary;
  private final int e;
  private final int h;
  private final int space;
  private final float[] embeddings; // (V, E)
  private final Recurrence forward;
  private final Recurrence backward;
  private final Dense word; // 2H to h

  /** Of a model. */
  public SentenceEncoder(AlignmentModel model) {
    AlignmentSettings settings = model.card().settings();
    vocabulary = model.vocabulary();
    e = settings.embeddingSize();
    h = settings.stateSize();
    space = settings.spaceSize();
    embeddings =
        Dense.matrix(
            model.weights(), AlignmentGraph.EMBEDDING + "_W", settings.vocabularySize(), e);
    forward = new Recurrence(settings, model.weights(), AlignmentGraph.FORWARD);
    backward = new Recurrence(settings, model.weights(), AlignmentGraph.BACKWARD);
    word = new Dense(model.weights(), AlignmentGraph.WORD, 2 * h, space);
  }

  /** Whether the model knows one of these words at least. */
  public boolean knowsAny(List<String> tokens) {
    return tokens.stream().anyMatch(token -> vocabulary.id(token) != Vocabulary.UNK);
  }

  /**
   * Words in the light of their sentence, s_t.
   *
   * @param ids of T words, at least one
   * @return (T, h), row by row
   */
  public float[] words(int[] ids) {
    int steps = ids.length;
    float[][] read = new float[steps][e]; // (T, E)
    float[][] reversed = new float[steps][]; // (T, E)
    for (int t = 0; t < steps; t++) {
      System.arraycopy(embeddings, ids[t] * e, read[t], 0, e);
      reversed[steps - 1 - t] = read[t];
    }
    float[][] ahead = new float[steps][h]; // (T, H)
    float[][] back = new float[steps][h]; // (T, H)
    forward.read(read, ahead);
    backward.read(reversed, back);
    float[] words = new float[steps * space]; // (T, h)
    for (int t = 0; t < steps; t++) {
      float[] states = new float[2 * h];
      System.arraycopy(ahead[t], 0, states, 0, h);
      System.arraycopy(back[steps - 1 - t], 0, states, h, h);
      System.arraycopy(word.apply(states), 0, words, t * space, space);
    }
    return words;
  }
}
