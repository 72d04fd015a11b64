package io.caption4j.serve;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What an https connector needs.
 *
 * @param keystore a PKCS #12 file with the certificate chain and its key
 * @param password of the file
 */
public record TlsSettings(Path keystore, String password) {
  /** Checks that both are there. */
  public TlsSettings {
    Objects.requireNonNull(keystore, "keystore");
    Objects.requireNonNull(password, "password");
  }

  /** Does not tell the password. */
  @Override
  public String toString() {
    return "TlsSettings[" + keystore + "]";
  }
}
