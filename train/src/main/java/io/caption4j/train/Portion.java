package io.caption4j.train;

import java.io.Serializable;

/**
 * The captions that one worker trains on, and where the features of their pictures lie.
 *
 * @param number of the portion, from 0
 * @param files of features, below the folder where caches lie, each named once
 * @param keys what decides about each picture's variants, (picture)
 * @param fileOf which of the files each variant of each picture lies in, (picture, variant)
 * @param rowOf its row there, (picture, variant)
 * @param pictureOf the picture of each caption, (captions)
 * @param words ids of each caption's words without START and END
 */
public record Portion(
    int number,
    String[] files,
    int[] keys,
    int[][] fileOf,
    int[][] rowOf,
    int[] pictureOf,
    int[][] words)
    implements Serializable {
  /** Captions in it. */
  public int captions() {
    return words.length;
  }
}
