package io.caption4j.encoder.detect;

/**
 * A box that a model proposes for a class.
 *
 * @param label the class's id
 * @param score 0 to 1
 * @param box inside of the picture
 */
record Candidate(int label, double score, ObjectBox box) {
  /**
   * A box of a model, cut off at the picture's edges.
   *
   * @return null if none of it lies in the picture, or it is not made of numbers
   */
  static Candidate within(
      int label,
      double score,
      double left,
      double top,
      double right,
      double bottom,
      int width,
      int height) {
    double x = Math.max(0, Math.min(width, left));
    double y = Math.max(0, Math.min(height, top));
    double w = Math.max(0, Math.min(width, right)) - x;
    double h = Math.max(0, Math.min(height, bottom)) - y;
    return w > 0 && h > 0 && score <= 1
        ? new Candidate(label, score, new ObjectBox(x, y, w, h))
        : null;
  }
}
