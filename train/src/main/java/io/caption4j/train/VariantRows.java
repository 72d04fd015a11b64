package io.caption4j.train;

/** Features of pictures and of augmented variants of them, by row. */
interface VariantRows {
  /** Hexadecimal digits that make an int. */
  int KEY_DIGITS = 8;

  /** Floats a row. */
  int rowLength();

  /**
   * Copies the features of one of a picture's variants; safe from several threads.
   *
   * @param row of the picture
   * @param draw number of the minibatch, which decides about the variant; {@link Phase#AS_THEY_ARE}
   *     for the picture as it is
   * @param target receives {@link #rowLength} floats
   * @param offset where in the target
   */
  void read(int row, int draw, float[] target, int offset);

  /** What stands for a picture in the choice of variants, in any cache: of its file's SHA-256. */
  static int key(String sha256) {
    return Integer.parseUnsignedInt(sha256.substring(0, KEY_DIGITS), 16);
  }

  /**
   * Which of a picture's variants a minibatch has: a function of seed, picture and minibatch.
   *
   * @param key of the picture
   * @param variants how many there are, the picture as it is first
   */
  static int choose(long seed, int key, int draw, int variants) {
    if (draw == Phase.AS_THEY_ARE) {
      return 0;
    }
    long z = (seed * 31 + key) * 0x9E3779B97F4A7C15L + draw * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (int) Math.floorMod(z ^ (z >>> 31), (long) variants);
  }
}
