package io.caption4j.encoder;

import io.caption4j.data.Caption4jException;

/**
 * An encoder, its weights or a file of features that is missing, broken or not what it should be.
 */
public final class EncoderException extends Caption4jException {
  /** Makes one with a message that says what was expected, what was found, and the way out. */
  public EncoderException(String message) {
    super(message);
  }

  /** Makes one with the failure behind it. */
  public EncoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
