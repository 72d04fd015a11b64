package io.caption4j.train;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Sha256;
import io.caption4j.data.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The identity of what a run is trained on, which a checkpoint must fit. */
final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 of encoder, vocabulary, the pictures' names and captions, 64 hex digits. */
  static String of(
      String encoderHash,
      Vocabulary vocabulary,
      List<CaptionedImage> training,
      List<CaptionedImage> validation) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(encoderHash.getBytes(StandardCharsets.UTF_8));
    for (String line : vocabulary.lines()) {
      digest.update(line.getBytes(StandardCharsets.UTF_8));
    }
    for (List<CaptionedImage> split : List.of(training, validation)) {
      for (CaptionedImage image : split) {
        String text = image.fileName() + "\n" + String.join("\n", image.captions()) + "\n";
        digest.update(text.getBytes(StandardCharsets.UTF_8));
      }
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
