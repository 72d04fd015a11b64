package io.caption4j.encoder;

import io.caption4j.data.FileNames;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of a picture's file: what the cache knows a picture by. */
public final class FileHash {
  private static final int BUFFER_BYTES = 1 << 16;

  private FileHash() {}

  /**
   * 64 hex digits.
   *
   * @throws ImageException if the file is missing or cannot be read
   */
  public static String sha256(Path picture) {
    String name = FileNames.of(picture);
    ImageFiles.bytes(picture, name);
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(picture)) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw ImageFiles.unreadable(picture, name, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
