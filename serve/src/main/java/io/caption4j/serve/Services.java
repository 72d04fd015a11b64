package io.caption4j.serve;

import java.util.Objects;
import java.util.Optional;

/**
 * What a server stands on. All of it stays the caller's to close, after the server.
 *
 * @param captions says what pictures show
 * @param detector says what is where, if there is one; others may use it too
 * @param alignment says where in a picture words belong, if there is a model for it
 * @param search finds the pictures of a folder, if one was named; only beside an alignment
 */
public record Services(
    CaptionService captions,
    Optional<SharedDetector> detector,
    Optional<AlignService> alignment,
    Optional<FolderSearch> search) {
  /** Checks that none is missing. */
  public Services {
    Objects.requireNonNull(captions, "captions");
    Objects.requireNonNull(detector, "detector");
    Ranges.require(
        alignment.isPresent() || search.isEmpty(),
        "search",
        "given beside an alignment only",
        "a search alone");
  }

  /** Captions alone. */
  public static Services of(CaptionService captions) {
    return new Services(captions, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with a detector. */
  public Services withDetector(SharedDetector newDetector) {
    return new Services(captions, Optional.of(newDetector), alignment, search);
  }

  /** The same with an alignment. */
  public Services withAlignment(AlignService newAlignment) {
    return new Services(captions, detector, Optional.of(newAlignment), search);
  }

  /** The same with a search. */
  public Services withSearch(FolderSearch newSearch) {
    return new Services(captions, detector, alignment, Optional.of(newSearch));
  }
}
