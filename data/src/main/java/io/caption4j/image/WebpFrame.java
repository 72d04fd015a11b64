package io.caption4j.image;

import java.io.IOException;

/**
 * One coded picture in a WebP.
 *
 * @param left its first column on the canvas
 * @param top its first row on the canvas
 * @param width columns
 * @param height rows
 * @param lossless whether it is VP8L, not VP8
 * @param data where its coded data begins
 * @param length of its coded data
 * @param alpha where the data of an ALPH chunk begins, -1 if there is none
 * @param alphaLength its length
 */
record WebpFrame(
    int left,
    int top,
    int width,
    int height,
    boolean lossless,
    int data,
    int length,
    int alpha,
    int alphaLength) {
  /**
   * Reads the size from the coded data; a lossy picture's as in RFC 6386, section 9.1.
   *
   * @param alpha place and length of an ALPH chunk
   */
  static WebpFrame of(byte[] encoded, String type, int data, int length, int[] alpha)
      throws IOException {
    if (length < 10 && !(type.equals("VP8L") && length >= 5)) {
      throw new IOException("its coded data is cut short");
    }
    if (type.equals("VP8L")) {
      if (encoded[data] != 0x2F) {
        throw new IOException("its lossless data does not begin with its signature");
      }
      int bits = WebpContainer.threeBytes(encoded, data + 1) | encoded[data + 4] << 24;
      int width = (bits & 0x3FFF) + 1;
      int height = (bits >>> 14 & 0x3FFF) + 1;
      return new WebpFrame(0, 0, width, height, true, data, length, -1, 0);
    }
    int width = WebpContainer.threeBytes(encoded, data + 6) & 0x3FFF;
    int height = WebpContainer.threeBytes(encoded, data + 8 - 1) >> 8 & 0x3FFF;
    return new WebpFrame(0, 0, width, height, false, data, length, alpha[0], alpha[1]);
  }

  /** The same at a place on a canvas. */
  WebpFrame at(int newLeft, int newTop) {
    return new WebpFrame(
        newLeft, newTop, width, height, lossless, data, length, alpha, alphaLength);
  }

  /** Whether it lies within a canvas. */
  boolean fits(int canvasWidth, int canvasHeight) {
    return left + width <= canvasWidth && top + height <= canvasHeight;
  }

  WebpImage decode(byte[] encoded) throws IOException {
    if (lossless) {
      return WebpLossless.decode(encoded, this);
    }
    Bitmap rgb = new Vp8Decoder(encoded, data, length).decode();
    byte[] opacity =
        alpha < 0 ? null : WebpAlpha.decode(encoded, alpha, alphaLength, width, height);
    return new WebpImage(rgb, opacity);
  }
}
