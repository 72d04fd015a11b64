package io.caption4j.image;

import java.io.IOException;

/** An encoded picture whose header has been read; of several frames or pages it is the first. */
public interface EncodedPicture {
  /**
   * Reads the header.
   *
   * @param encoded the whole picture, not to be changed afterwards
   * @throws UnsupportedPictureException if it is of a kind that is not read
   * @throws IOException if its header is broken
   */
  static EncodedPicture of(byte[] encoded) throws IOException {
    PictureFormat format = PictureFormat.of(encoded).orElseThrow(() -> unsupported(encoded));
    return switch (format) {
      case JPEG -> JpegPicture.of(encoded);
      case PNG -> PngPicture.of(encoded);
      case GIF -> GifPicture.of(encoded);
      case WEBP -> WebpPicture.of(encoded);
      case BMP -> BmpPicture.of(encoded);
      case TIFF -> TiffPicture.of(encoded);
    };
  }

  private static UnsupportedPictureException unsupported(byte[] encoded) {
    String expected = "; expected " + PictureFormat.ALL;
    if (encoded.length == 0) {
      return new UnsupportedPictureException("is empty" + expected);
    }
    return new UnsupportedPictureException(
        PictureFormat.other(encoded)
            .map(
                name ->
                    "is of the format %s, which caption4j does not read%s. Convert it first"
                        .formatted(name, expected))
            .orElse("is not a picture in a known format, whatever its name" + expected));
  }

  /** The format, told by the bytes. */
  PictureFormat format();

  /** Columns as stored, before it is turned upright; the header may claim 0. */
  int width();

  /** Rows as stored. */
  int height();

  /** The EXIF orientation, 1 (upright) to 8. */
  default int orientation() {
    return Exif.UPRIGHT;
  }

  /** The most pixels that decoding holds at once: those of the picture, or of what it lies in. */
  default long pixels() {
    return (long) width() * height();
  }

  /** Whether nothing is missing at the end, as far as that can be told without decoding. */
  default boolean complete() {
    return true;
  }

  /**
   * Decodes the picture as it is stored, not turned.
   *
   * @throws UnsupportedPictureException if it uses something that is not read
   * @throws IOException if it is broken
   */
  Bitmap decode() throws IOException;
}
