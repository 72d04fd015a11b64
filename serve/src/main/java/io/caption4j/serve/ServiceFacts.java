package io.caption4j.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.caption4j.decoder.Search;

/** The answer to {@code GET /v1/model}. */
@Doc("What the model is and can, and the service's limits.")
record ServiceFacts(
    @Doc("What the model is.") ModelFacts model,
    @Doc("What it can.") Abilities abilities,
    @Doc("Whether /v1/objects answers.") boolean objects,
    @Doc("Whether /v1/align answers.") boolean alignment,
    @Doc("Whether /v1/search answers.") boolean search,
    @Doc("What counts where a request does not say.") Defaults defaults,
    @Doc("What a request may ask.") Limits limits) {
  /** Search settings. */
  record Defaults(
      int beam,
      int top,
      @JsonProperty("max_length") int maxLength,
      @JsonProperty("length_penalty") double lengthPenalty) {}

  /** The largest of each. */
  record Limits(
      int beam,
      int pictures,
      @JsonProperty("request_bytes") long requestBytes,
      @JsonProperty("picture_bytes") long pictureBytes,
      @JsonProperty("picture_pixels") long picturePixels) {}

  static ServiceFacts of(Services services, ServeSettings settings) {
    CaptionService service = services.captions();
    Search search = settings.search();
    RequestLimits limits = settings.limits();
    return new ServiceFacts(
        service.facts(),
        service.abilities(),
        services.detector().isPresent(),
        services.alignment().isPresent(),
        services.search().isPresent(),
        new Defaults(search.beam(), search.top(), search.maxLength(), search.lengthPenalty()),
        new Limits(
            ServeSettings.WIDEST_BEAM,
            limits.pictures(),
            limits.requestBytes(),
            limits.image().maxBytes(),
            limits.image().maxPixels()));
  }
}
