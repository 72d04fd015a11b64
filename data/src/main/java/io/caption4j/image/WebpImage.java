package io.caption4j.image;

/**
 * A decoded WebP frame.
 *
 * @param rgb its colours, not multiplied by alpha
 * @param alpha (height, width), 255 for opaque; null if all is
 */
record WebpImage(Bitmap rgb, byte[] alpha) {}
