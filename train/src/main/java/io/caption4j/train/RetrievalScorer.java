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
  private final int variants;

  /**
   * Makes one.
   *
   * @param captions of the split, each of one word or more
   * @param variants of the pictures whose scores are added, the first of the regions'; at least 1
   */
  RetrievalScorer(
      RegionRows regions, Standardisation standardisation, CaptionSet captions, int variants) {
    this.regions = regions;
    this.standardisation = standardisation;
    this.captions = captions;
    this.variants = variants;
  }

  /** Ranks with a graph as it is now. */
  Retrieval run(ComputationGraph graph, Progress progress) {
    int[] pictures = Arrays.stream(captions.rows()).distinct().toArray(); // (P)
    int[] pictureOf = DecoderInputs.Pictures.of(captions.rows()).of(); // (N)
    float[][] scores = new float[pictures.length][captions.size()]; // (P, N)
    long blocks = blocks(pictures.length, PICTURES) * blocks(captions.size(), SENTENCES) * variants;
    long done = 0;
    for (int p = 0; p < pictures.length; p += PICTURES) {
      int[] rows = Arrays.copyOfRange(pictures, p, Math.min(pictures.length, p + PICTURES));
      for (int variant = 0; variant < variants; variant++) {
        float[] features = regions.ofVariant(rows, variant, standardisation); // (P' R, C)
        for (int s = 0; s < captions.size(); s += SENTENCES) {
          int to = Math.min(captions.size(), s + SENTENCES);
          int[][] words = Arrays.copyOfRange(captions.words(), s, to);
          add(block(graph, features, rows.length, words), words.length, scores, p, s);
          progress.update("ranking", ++done, blocks, "");
        }
      }
    }
    return Retrieval.of(scores, pictureOf);
  }

  /** Scores of P' pictures' regions and N' sentences, (P', N'). */
  private float[] block(ComputationGraph graph, float[] features, int pictures, int[][] words) {
    INDArray[] inputs = SentencePairs.features(features, pictures * regions.regions(), words);
    return graph.output(inputs)[0].dup('c').data().asFloat();
  }

  private static void add(float[] block, int sentences, float[][] scores, int picture, int first) {
    for (int at = 0; at < block.length; at++) {
      scores[picture + at / sentences][first + at % sentences] += block[at];
    }
  }

  private static long blocks(int all, int together) {
    return (all + together - 1) / together;
  }
}
