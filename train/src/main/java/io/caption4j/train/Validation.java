package io.caption4j.train;

import io.caption4j.data.CaptionedImage;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.CaptionSearcher;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.Search;
import io.caption4j.evaluate.Evaluator;
import io.caption4j.evaluate.Scores;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Measures a decoder on the validation split: loss by teacher forcing, scores by greedy search. */
final class Validation {
  private static final int PICTURES_AT_ONCE = 100;

  private final CaptionSet captions;
  private final CrossEntropy forced;
  private final Search search;
  private final PictureSource pictures;
  private final Evaluator evaluator;

  /**
   * Makes one.
   *
   * @param captions of the validation pictures
   * @param forced the captions whose loss is taken
   * @param maxWords words that training captions have at most
   */
  Validation(CaptionSet captions, CrossEntropy forced, PictureSource pictures, int maxWords) {
    this.captions = captions;
    this.forced = forced;
    Search usual = Search.greedy();
    search = usual.withMaxLength(Math.max(usual.maxLength(), maxWords));
    this.pictures = pictures;
    this.evaluator = Evaluator.of(captions.tokens());
  }

  /** Mean negative log-likelihood a token, without dropout, in nats. */
  double loss(ComputationGraph graph) {
    double sum = 0;
    long tokens = 0;
    for (int[] batch : forced.round(0)) {
      Phase.Minibatch minibatch = forced.minibatch(batch, Phase.AS_THEY_ARE, graph);
      sum += DecoderGraph.negativeLogLikelihood(graph, minibatch.data()) * minibatch.tokens();
      tokens += minibatch.tokens();
    }
    return sum / tokens;
  }

  /**
   * Greedy captions of all pictures, in their order.
   *
   * @param model of the graph
   */
  List<Caption> captions(CaptionModel model, ComputationGraph graph) {
    CaptionSearcher searcher = new CaptionSearcher(model);
    List<CaptionedImage> images = captions.images();
    List<Caption> found = new ArrayList<>(images.size());
    for (int from = 0; from < images.size(); from += PICTURES_AT_ONCE) {
      int to = Math.min(images.size(), from + PICTURES_AT_ONCE);
      int[] rows =
          images.subList(from, to).stream()
              .mapToInt(image -> pictures.rows().get(image.path()))
              .toArray();
      float[] raw = pictures.raw(rows, graph);
      searcher.search(raw, rows.length, search).forEach(best -> found.add(best.get(0)));
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
