package io.caption4j.train;

import io.caption4j.align.SentencePairs;
import io.caption4j.data.Progress;
import io.caption4j.decoder.Standardisation;
import io.caption4j.evaluate.Retrieval;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Scores all pictures of a split against all of its captions, in blocks that fit the memory. */
final class RetrievalScorer {
  private static final int PICTURES = 250;
  private static final int SENTENCES = 500;

  private final RegionRows regions;
  private final Standardisation standardisation;
  private final CaptionSet captions;

  /**
   * Makes one.
   *
   * @param captions of the split, each of one word or more
   */
  RetrievalScorer(RegionRows regions, Standardisation standardisation, CaptionSet captions) {
    this.regions = regions;
    this.standardisation = standardisation;
    this.captions = captions;
  }

  /** Ranks with a graph as it is now. */
  Retrieval run(ComputationGraph graph, Progress progress) {
    int[] pictures = Arrays.stream(captions.rows()).distinct().toArray(); // (P)
    int[] pictureOf = DecoderInputs.Pictures.of(captions.rows()).of(); // (N)
    float[][] scores = new float[pictures.length][captions.size()]; // (P, N)
    long blocks = blocks(pictures.length, PICTURES) * blocks(captions.size(), SENTENCES);
    long done = 0;
    for (int p = 0; p < pictures.length; p += PICTURES) {
      int[] rows = Arrays.copyOfRange(pictures, p, Math.min(pictures.length, p + PICTURES));
      float[] features = regions.of(rows, Phase.AS_THEY_ARE, standardisation); // (P' R, C)
      for (int s = 0; s < captions.size(); s += SENTENCES) {
        int to = Math.min(captions.size(), s + SENTENCES);
        int[][] words = Arrays.copyOfRange(captions.words(), s, to);
        INDArray[] inputs =
            SentencePairs.features(features, rows.length * regions.regions(), words);
        float[] block = graph.output(inputs)[0].dup('c').data().asFloat(); // (P', N')
        for (int i = 0; i < rows.length; i++) {
          System.arraycopy(block, i * words.length, scores[p + i], s, words.length);
        }
        progress.update("ranking", ++done, blocks, "");
      }
    }
    return Retrieval.of(scores, pictureOf);
  }

  private static long blocks(int all, int together) {
    return (all + together - 1) / together;
  }
}
