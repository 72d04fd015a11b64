package io.caption4j.serve;

import io.caption4j.decoder.Search;
import java.util.Objects;

/**
 * How captions of a picture are wanted. Pictures with equal options are captioned together.
 *
 * @param search how they are looked for, or drawn
 * @param attention whether to tell where the model looked
 */
public record CaptionOptions(Search search, boolean attention) {
  /** Checks that there is a search. */
  public CaptionOptions {
    Objects.requireNonNull(search, "search");
  }

  /** A search without attention. */
  public static CaptionOptions of(Search search) {
    return new CaptionOptions(search, false);
  }
}
