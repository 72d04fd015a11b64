package io.caption4j.serve;

import java.util.List;

/** The answer to {@code GET /v1/search}. */
@Doc("Pictures of the service's folder that fit some words.")
record SearchAnswer(
    @Doc("How many pictures were looked through.") int pictures,
    @Doc("The words as they were understood, in lower case.") List<String> words,
    @Doc("Best first.") List<Found> results) {
  /** One picture. */
  @Doc("A picture that was found.")
  record Found(
      @Doc("Its id, for /v1/search/images/{id}.") String id,
      @Doc("Its path within the folder.") String name,
      @Doc("Its width in pixels, upright.") int width,
      @Doc("Its height.") int height,
      @Doc("How well it fits; comparable for the same words only.") double score,
      @Doc("For each word the place in the picture that fits it best.") List<Area> boxes) {}
}
