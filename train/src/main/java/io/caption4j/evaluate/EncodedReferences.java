package io.caption4j.evaluate;

import java.util.List;

/**
 * References as token ids, made once and shared by the metrics.
 *
 * @param ids the numbers of the tokens
 * @param captions token ids, (image, reference, token)
 */
record EncodedReferences(TokenIds ids, int[][][] captions) {
  /** Encodes references with numbers of their own. */
  static EncodedReferences of(List<List<List<String>>> references) {
    return of(references, TokenIds.of(references));
  }

  /** Encodes references with numbers that exist and cover them. */
  static EncodedReferences of(List<List<List<String>>> references, TokenIds ids) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("There are no references; expected at least one image.");
    }
    int[][][] captions = new int[references.size()][][];
    for (int i = 0; i < captions.length; i++) {
      if (references.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            "Image " + i + " has no reference; expected at least one.");
      }
      captions[i] = references.get(i).stream().map(ids::encode).toArray(int[][]::new);
    }
    return new EncodedReferences(ids, captions);
  }

  /** How many images there are. */
  int images() {
    return captions.length;
  }

  /** Candidates as token ids, (image, token); there must be one an image. */
  int[][] encode(List<List<String>> candidates) {
    if (candidates.size() != images()) {
      throw new IllegalArgumentException(
          "Expected one candidate for each of %d images, found %d."
              .formatted(images(), candidates.size()));
    }
    return candidates.stream().map(ids::encode).toArray(int[][]::new);
  }
}
