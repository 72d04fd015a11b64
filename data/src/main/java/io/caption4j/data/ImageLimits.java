package io.caption4j.data;

/**
 * How large a picture may be; checked before it is decoded.
 *
 * @param maxBytes the largest file or upload, in bytes
 * @param maxPixels the largest width x height that its header may claim
 */
public record ImageLimits(long maxBytes, long maxPixels) {
  /** 64 MB and 75 megapixels, thumbor's production limit. */
  public static final ImageLimits DEFAULT = new ImageLimits(64_000_000, 75_000_000);

  /** Checks that both are positive. */
  public ImageLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "Image limits must be positive, found %d bytes, %d pixels."
              .formatted(maxBytes, maxPixels));
    }
  }
}
