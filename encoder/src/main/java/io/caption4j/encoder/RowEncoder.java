package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.util.List;

/**
 * Turns each picture into one row of numbers, which {@link FeatureCache} keeps. Safe to share
 * between threads.
 */
public interface RowEncoder {
  /** What makes the rows, for example efficientnet-lite0; fit for a folder's name. */
  String name();

  /** SHA-256 of all that the rows depend on, 64 hex digits: equal hashes give equal rows. */
  String hash();

  /** Which of its rows these are, for example grid; fit for a folder's name. */
  String kind();

  /** The shape of a row, for example 1280, 7, 7. */
  long[] rowShape();

  /**
   * The picture at the size that this encoder works on: it encodes to the same row, and takes less
   * memory while it waits.
   */
  default Pixels resize(Pixels picture) {
    return picture;
  }

  /**
   * Encodes pictures.
   *
   * @param pictures N of them, at least one, as {@link #resize} leaves them
   * @return N rows, row-major; the caller's own
   */
  float[] encode(List<Pixels> pictures);

  /** The features of an image encoder, of a kind. */
  static RowEncoder of(ImageEncoder encoder, FeatureCache.Kind kind) {
    return new ImageRows(encoder, kind);
  }
}
