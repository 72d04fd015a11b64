package io.caption4j.data;

import io.caption4j.data.ImageException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads pictures: JPEG, PNG, GIF (its first frame), WebP and BMP, told by their content. Whatever
 * the colours in the file, grey, palette, CMYK, 16 bits or with alpha (laid on white), 8-bit RGB
 * comes out, upright by its EXIF orientation. Safe to share between threads.
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
   * The size that {@link #load(Path)} gives a picture; a JPEG is not decoded for it, so that one
   * that is cut short has a size all the same.
   *
   * @throws ImageException if there is no such file, it is too large, or no picture
   */
  public ImageSize size(Path file) {
    String name = FileNames.of(file);
    byte[] encoded = read(file);
    ImageHeader header = ImageHeader.of(encoded, name);
    if (header.format() != ImageHeader.Format.JPEG) {
      Pixels pixels = load(encoded, name);
      return new ImageSize(pixels.width(), pixels.height());
    }
    boolean turned = ExifOrientation.swaps(JpegStructure.orientation(ByteBuffer.wrap(encoded)));
    return turned
        ? new ImageSize(header.height(), header.width())
        : new ImageSize(header.width(), header.height());
  }

  /**
   * The bytes of a file as they are.
   *
   * @throws ImageException if there is no such file, it is too large or cannot be read
   */
  public byte[] read(Path file) {
    String name = FileNames.of(file);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new ImageException(
            Reason.MISSING,
            "%s is %s; expected a picture."
                .formatted(name, attributes.isDirectory() ? "a folder" : "not a regular file"));
      }
      checkBytes(attributes.size(), name);
      try (InputStream in = Files.newInputStream(file)) {
        return in.readAllBytes();
      }
    } catch (NoSuchFileException e) {
      throw new ImageException(
          Reason.MISSING,
          Files.isSymbolicLink(file)
              ? "Cannot read %s: the link leads nowhere.".formatted(name)
              : "There is no picture " + name + ".",
          e);
    } catch (IOException e) {
      throw new ImageException(
          Reason.MISSING, "Cannot read %s: %s.".formatted(name, FileErrors.reason(e)), e);
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
    ImageHeader header = checked(encoded, name);
    try {
      return decode(header, encoded);
    } catch (IOException e) {
      throw new ImageException(
          Reason.BROKEN,
          "%s is a broken %s: %s.".formatted(name, header.format(), e.getMessage()),
          e);
    }
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

  private ImageHeader checked(byte[] encoded, String name) {
    checkBytes(encoded.length, name);
    ImageHeader header = ImageHeader.of(encoded, name);
    if (header.pixels() > Math.min(limits.maxPixels(), ARRAY_PIXELS)) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "%s claims %d x %d pixels; the limit is %d in all."
              .formatted(name, header.width(), header.height(), limits.maxPixels()));
    }
    checkComplete(header, encoded, name);
    return header;
  }

  private void checkBytes(long bytes, String name) {
    if (bytes > limits.maxBytes()) {
      throw new ImageException(
          Reason.TOO_LARGE,
          "%s has %d bytes; the limit is %d.".formatted(name, bytes, limits.maxBytes()));
    }
  }

  /** Decoders fill in what is missing with grey, so what is missing must be found here. */
  private static void checkComplete(ImageHeader header, byte[] encoded, String name) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    boolean complete =
        switch (header.format()) {
          case JPEG -> JpegStructure.complete(bytes);
          case PNG -> PngStructure.complete(bytes);
          case BMP -> BmpStructure.complete(bytes, header);
          case GIF, WEBP -> true; // their decoders refuse what is cut short
        };
    if (!complete) {
      throw new ImageException(
          Reason.BROKEN, name + " is a " + header.format() + " that is cut short or damaged.");
    }
  }

  private static Pixels decode(ImageHeader header, byte[] encoded) throws IOException {
    if (header.fourInks()) {
      // OpenCV turns CMYK into RGB without its colour profile.
      return ExifOrientation.upright(
          ImageIoDecoder.decode(encoded, header),
          JpegStructure.orientation(ByteBuffer.wrap(encoded)));
    }
    if (header.format() == ImageHeader.Format.GIF) {
      return ImageIoDecoder.decode(encoded, header);
    }
    return header.alpha() ? NativeDecoder.decodeOnWhite(encoded) : NativeDecoder.decode(encoded);
  }
}
