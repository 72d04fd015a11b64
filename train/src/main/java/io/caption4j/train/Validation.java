package io.caption4j.train;

import io.caption4j.data.CaptionedImage;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.Search;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.evaluate.Evaluator;
import io.caption4j.evaluate.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Measures a decoder on the validation split: loss by teacher forcing, scores by greedy search. */
final class Validation {
  private static final int PICTURES_AT_ONCE = 100;

  private final CaptionSet captions;
  private final Minibatches minibatches;
  private final FeatureCache features;
  private final Map<?, Integer> rowOf;
  private final Evaluator evaluator;

  Validation(
      CaptionSet captions, Minibatches minibatches, FeatureCache features, Map<?, Integer> rowOf) {
    this.captions = captions;
    this.minibatches = minibatches;
    this.features = features;
    this.rowOf = rowOf;
    this.evaluator = Evaluator.of(captions.tokens());
  }

  /** Mean negative log-likelihood a token, without dropout, in nats. */
  double loss(ComputationGraph graph) {
    double sum = 0;
    for (int[] batch : minibatches.epoch(0)) {
      sum += graph.score(minibatches.of(batch), false) * minibatches.targets(batch);
    }
    return sum / captions.targets();
  }

  /** Greedy captions of all pictures, in their order. */
  List<Caption> captions(CaptionModel model) {
    CaptionSearcher searcher = new CaptionSearcher(model);
    List<CaptionedImage> images = captions.images();
    List<Caption> found = new ArrayList<>(images.size());
    int c = features.rowLength();
    for (int from = 0; from < images.size(); from += PICTURES_AT_ONCE) {
      int n = Math.min(PICTURES_AT_ONCE, images.size() - from);
      float[] pooled = new float[n * c]; // (N, C)
      for (int i = 0; i < n; i++) {
        features.read(rowOf.get(images.get(from + i).path()), pooled, i * c);
      }
      searcher.search(pooled, n, Search.greedy()).forEach(best -> found.add(best.get(0)));
    }
    return found;
  }

  /** Scores of produced captions against the human ones. */
  Scores scores(List<Caption> produced) {
    return evaluator.evaluate(produced.stream().map(Caption::words).toList());
  }

  /** The pictures that are captioned, in order. */
  List<CaptionedImage> images() {
    return captions.images();
  }
}
