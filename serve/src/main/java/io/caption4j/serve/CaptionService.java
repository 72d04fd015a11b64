package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.DecoderSettings;
import java.util.List;

/** What the server needs of a model. Called from several threads at once. */
public interface CaptionService {
  /** A picture as small as the model looks at it, so that those that wait take little memory. */
  Pixels shrink(Pixels picture);

  /**
   * Captions of pictures, looked for together.
   *
   * @param pictures shrunk
   * @param options within {@link #abilities}
   * @return for each picture its captions, best first
   */
  List<List<ServedCaption>> caption(List<Pixels> pictures, CaptionOptions options);

  /** What {@code GET /model/metadata} answers. */
  ModelFacts facts();

  /** What the model can tell beside its sentences. */
  Abilities abilities();

  /** The service of a captioner, which stays the caller's to close. */
  static CaptionService of(Captioner captioner) {
    ModelFacts facts = ModelFacts.of(captioner.card());
    return new CaptionService() {
      @Override
      public Pixels shrink(Pixels picture) {
        return captioner.resize(picture);
      }

      @Override
      public List<List<ServedCaption>> caption(List<Pixels> pictures, CaptionOptions options) {
        if (options.attention()) {
          return captioner.explainAll(pictures, options.search()).stream()
              .map(found -> found.stream().map(ServedCaption::of).toList())
              .toList();
        }
        return captioner.captionAll(pictures, options.search()).stream()
            .map(found -> found.stream().map(ServedCaption::of).toList())
            .toList();
      }

      @Override
      public ModelFacts facts() {
        return facts;
      }

      @Override
      public Abilities abilities() {
        boolean attention = captioner.card().decoder().kind().equals(DecoderSettings.ATTENTION);
        return new Abilities(true, attention, true);
      }
    };
  }
}
