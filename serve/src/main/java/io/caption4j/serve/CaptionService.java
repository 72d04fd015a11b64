package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.util.List;

/** What the server needs of a model. Called from several threads at once. */
public interface CaptionService {
  /** Captions of a decoded picture, best first. */
  List<Caption> caption(Pixels picture, Search search);

  /** What {@code GET /model/metadata} answers. */
  ModelFacts facts();

  /** The service of a captioner, which stays the caller's to close. */
  static CaptionService of(Captioner captioner) {
    ModelFacts facts = ModelFacts.of(captioner.card());
    return new CaptionService() {
      @Override
      public List<Caption> caption(Pixels picture, Search search) {
        return captioner.caption(picture, search);
      }

      @Override
      public ModelFacts facts() {
        return facts;
      }
    };
  }
}
