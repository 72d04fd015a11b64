package io.caption4j.data.metadata;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.FileErrors;
import io.caption4j.data.FileNames;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The description of a picture in its own file: XMP's {@code dc:description} in JPEG, PNG and WebP,
 * and in JPEG also EXIF's ImageDescription and IPTC's Caption/Abstract. Coded pixels and all other
 * metadata stay as they are; a file is replaced whole or not at all.
 */
public final class PictureDescription {
  private PictureDescription() {}

  /**
   * The first description that a picture has; empty if it has none. Blanks and what cameras write
   * into all their pictures are none.
   *
   * @throws MetadataException if the file is none that descriptions are written to, or its XMP
   *     cannot be read
   * @throws ImageException if the file cannot be read
   */
  public static String read(Path picture) {
    byte[] file = new ImageLoader().read(picture);
    return named(picture, () -> kind(file).read(file));
  }

  /**
   * Writes a description into a picture's file, over any that it has. A link stays one; the file's
   * permissions stay too.
   *
   * @throws MetadataException if it cannot be written; the file is then as it was
   * @throws ImageException if the file cannot be read
   */
  public static void write(Path picture, String text) {
    byte[] file = new ImageLoader().read(picture);
    byte[] described = named(picture, () -> kind(file).put(file, text));
    try {
      Path real = picture.toRealPath();
      if (!Files.isWritable(real)) {
        throw new AccessDeniedException(real.toString());
      }
      AtomicFiles.write(
          real,
          part -> {
            Files.copy(real, part, StandardCopyOption.COPY_ATTRIBUTES);
            Files.write(part, described);
          });
    } catch (IOException e) {
      throw new MetadataException(
          "Cannot write to %s: %s.".formatted(FileNames.of(picture), FileErrors.reason(e)), e);
    }
  }

  private interface Work<T> {
    T done();
  }

  private static <T> T named(Path picture, Work<T> work) {
    try {
      return work.done();
    } catch (MetadataException e) {
      throw new MetadataException(
          "Cannot describe %s: %s; left as it is.".formatted(FileNames.of(picture), e.getMessage()),
          e);
    } catch (RuntimeException e) { // offsets and lengths that lead nowhere
      throw new MetadataException(
          "Cannot describe %s: it is damaged; left as it is.".formatted(FileNames.of(picture)), e);
    }
  }

  private static Described kind(byte[] file) {
    String start = new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u00FF\u00D8")) {
      return new JpegMetadata();
    }
    if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
      return new PngMetadata();
    }
    if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
      return new WebpMetadata();
    }
    throw new MetadataException(
        "descriptions are written into JPEG, PNG and WebP, and this is %s; convert it, or use --sidecar .txt"
            .formatted(name(start)));
  }

  private static String name(String start) {
    if (start.startsWith("GIF8")) {
      return "a GIF";
    }
    if (start.startsWith("BM")) {
      return "a BMP";
    }
    return start.startsWith("II*\0") || start.startsWith("MM\0*") ? "a TIFF" : "none of these";
  }
}
