package io.caption4j.bench;

import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.CaptionModel;
import io.caption4j.decoder.DecoderGraph;
import io.caption4j.decoder.Search;

/**
 * The bundled model, which looks at a picture's regions, changed so that it never ends a caption:
 * each has as many words as are allowed, so that every search is the same work.
 */
final class BenchModel {
  /** As a user's search is, with 16 words. */
  static final Search SEARCH = Search.beam(Search.DEFAULT_BEAM).withMaxLength(16);

  private static final float NEVER = -50; // a log-probability that no beam reaches

  private BenchModel() {}

  /** A new one. */
  static CaptionModel make() {
    CaptionModel model = CaptionModel.bundled();
    model.graph().getLayer(DecoderGraph.OUTPUT).getParam("b").putScalar(Vocabulary.END, NEVER);
    return model;
  }
}
