package io.caption4j.serve;

import io.caption4j.decoder.Search;
import java.util.Objects;
import java.util.Optional;

/**
 * How captions of a picture are wanted. Pictures with equal options are captioned together.
 *
 * @param search how they are looked for; with sampling, its {@code top} and {@code maxLength} count
 * @param sampling if words are drawn, not searched
 * @param attention whether to tell where the model looked
 */
public record CaptionOptions(Search search, Optional<Sampling> sampling, boolean attention) {
  /** Checks that none is missing. */
  public CaptionOptions {
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(sampling, "sampling");
  }

  /** A search, nothing else. */
  public static CaptionOptions of(Search search) {
    return new CaptionOptions(search, Optional.empty(), false);
  }
}
