package io.caption4j.serve;

import io.caption4j.align.AlignException;
import io.caption4j.align.Aligner;
import io.caption4j.align.AlignerRows;
import io.caption4j.align.GridWindows;
import io.caption4j.align.RegionProposer;
import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the server needs of an alignment model. Called from several threads at once. */
public interface AlignService {
  /**
   * A sentence as the model reads it.
   *
   * @param tokens T of them
   * @param words (T, h), row by row
   */
  record Sentence(List<String> tokens, float[] words) {}

  /** The model's name. */
  String name();

  /** A picture as small as the model looks at it, so that those that wait take little memory. */
  Pixels shrink(Pixels picture);

  /**
   * Vectors of the regions of pictures.
   *
   * @param pictures shrunk
   * @return for each (R, h), row by row
   */
  List<float[]> regions(List<Pixels> pictures);

  /** Where these regions lie in a picture, R of them. */
  RegionProposer proposer();

  /**
   * Reads a sentence.
   *
   * @throws AlignException if the model knows none of its words
   */
  Sentence sentence(String text);

  /** The service of an aligner, which stays the caller's to close. */
  static AlignService of(Aligner aligner) {
    AlignerRows rows = new AlignerRows(aligner);
    RegionProposer windows = new GridWindows();
    return new AlignService() {
      @Override
      public String name() {
        return aligner.card().name();
      }

      @Override
      public Pixels shrink(Pixels picture) {
        return rows.resize(picture);
      }

      @Override
      public List<float[]> regions(List<Pixels> pictures) {
        float[] all = rows.encode(pictures); // (N, R, h)
        int each = all.length / pictures.size();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
          vectors.add(Arrays.copyOfRange(all, i * each, (i + 1) * each)); // (R, h)
        }
        return vectors;
      }

      @Override
      public RegionProposer proposer() {
        return windows;
      }

      @Override
      public Sentence sentence(String text) {
        List<String> tokens = aligner.tokenize(text);
        return new Sentence(tokens, aligner.words(tokens));
      }
    };
  }
}
