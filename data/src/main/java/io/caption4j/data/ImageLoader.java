package io.caption4j.data;

import io.caption4j.data.ImageException.Reason;
import io.caption4j.image.Bitmap;
import io.caption4j.image.EncodedPicture;
import io.caption4j.image.PictureFormat;
import io.caption4j.image.UnsupportedPictureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads pictures: JPEG, PNG, GIF, WebP, BMP and TIFF, told by their content; of several frames or
 * pages the first. Whatever the colours in the file, grey, palette, CMYK, 16 bits, of a wide gamut
 * or with alpha (laid on white), 8-bit sRGB comes out, upright by its EXIF orientation. Safe to
 * share between threads.
 */
public final class ImageLoader {
  /** A byte array holds no more than this many RGB pixels. */
  private static final long ARRAY_PIXELS = (Integer.MAX_VALUE - 8) / 3;

  private final ImageLimits limits;

  /** A loader with the default limits. */
  public ImageLoader() {
    this(ImageLimits.DEFAULT);
  }

  /** A loader with its own limits. */
  public ImageLoader(ImageLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a file.
   *
   * @throws ImageException if there is no such file, it is too large, or no whole picture
   */
  public Pixels load(Path file) {
    return load(read(file), FileNames.of(file));
  }

  /**
   * The size that {@link #load(Path)} gives a picture; it is not decoded for it, so that one that
   * is cut short has a size all the same.
   *
   * @throws ImageException if there is no such file, it is too large, or no picture
   */
  public ImageSize size(Path file) {
    String name = FileNames.of(file);
    EncodedPicture picture = header(read(file), name);
    return Bitmap.swaps(picture.orientation())
        ? new ImageSize(picture.height(), picture.width())
        : new ImageSize(picture.width(), picture.height());
  }

  /**
   * The bytes of a file as they are.
   *
   * @throws ImageException if there is no such file, it is too large or cannot be read
   */
  public byte[] read(Path file) {
    return read(file, FileNames.of(file));
  }

  /**
   * The same.
   *
   * @param name for messages only
   */
  public byte[] read(Path file, String name) {
    checkBytes(ImageFiles.bytes(file, name), name);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw ImageFiles.unreadable(file, name, e);
    }
  }

  /**
   * Reads an encoded picture from memory.
   *
   * @param encoded a whole picture
   * @param name for messages only
   * @throws ImageException if it is too large, or no whole picture
   */
  public Pixels load(byte[] encoded, String name) {
    EncodedPicture picture = checked(encoded, name);
    try {
      Bitmap bitmap = picture.decode().upright(picture.orientation());
      return new Pixels(bitmap.width(), bitmap.height(), bitmap.rgb());
    } catch (UnsupportedPictureException e) {
      throw unsupported(name, e);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Decoders meet broken data with index and argument errors too.
      throw new ImageException(
          Reason.BROKEN, "%s is a broken %s: %s.".formatted(name, picture.format(), reason(e)), e);
    }
  }

  /** Exceptions that are no IOException tell of the decoder, not of the picture. */
  private static String reason(Throwable failure) {
    boolean told = failure instanceof IOException && failure.getMessage() != null;
    return told ? failure.getMessage() : "its data makes no sense";
  }

  /**
   * Checks what can be checked without decoding: format, size, and for JPEG, PNG and BMP that
   * nothing is missing at the end.
   *
   * @param encoded a whole picture
   * @param name for messages only
   * @throws ImageException if {@link #load(byte[], String)} would refuse it for one of these
   */
  public void check(byte[] encoded, String name) {
    checked(encoded, name);
  }

  private EncodedPicture checked(byte[] encoded, String name) {
    checkBytes(encoded.length, name);
    EncodedPicture picture = header(encoded, name);
    if (picture.pixels() > Math.min(limits.maxPixels(), ARRAY_PIXELS)) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "%s claims %d x %d pixels; the limit is %d in all."
              .formatted(name, picture.width(), picture.height(), limits.maxPixels()));
    }
    // Decoders fill in what is missing with grey, so what is missing must be found here.
    if (!picture.complete()) {
      throw new ImageException(
          Reason.BROKEN, name + " is a " + picture.format() + " that is cut short or damaged.");
    }
    return picture;
  }

  private static EncodedPicture header(byte[] encoded, String name) {
    try {
      EncodedPicture picture = EncodedPicture.of(encoded);
      if (picture.width() < 1 || picture.height() < 1) {
        throw new ImageException(
            Reason.BROKEN,
            "%s: its %s header claims %d x %d pixels."
                .formatted(name, picture.format(), picture.width(), picture.height()));
      }
      return picture;
    } catch (UnsupportedPictureException e) {
      throw unsupported(name, e);
    } catch (IOException e) {
      throw new ImageException(
          Reason.BROKEN,
          "%s is a broken %s: %s.".formatted(name, format(encoded), e.getMessage()),
          e);
    } catch (IndexOutOfBoundsException e) {
      throw new ImageException(
          Reason.BROKEN, "%s: its %s header is cut short.".formatted(name, format(encoded)), e);
    }
  }

  private static ImageException unsupported(String name, UnsupportedPictureException e) {
    return new ImageException(Reason.UNSUPPORTED, name + " " + e.getMessage() + ".", e);
  }

  private static String format(byte[] encoded) {
    return PictureFormat.of(encoded).map(PictureFormat::toString).orElse("picture");
  }

  private void checkBytes(long bytes, String name) {
    if (bytes > limits.maxBytes()) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "%s has %d bytes; the limit is %d.".formatted(name, bytes, limits.maxBytes()));
    }
  }
}
