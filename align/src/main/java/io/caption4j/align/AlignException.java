package io.caption4j.align;

import io.caption4j.data.Caption4jException;

/** An alignment model, a box or a sentence that cannot be used; the message says which and why. */
public final class AlignException extends Caption4jException {
  /** Makes one with a message for the user. */
  public AlignException(String message) {
    super(message);
  }

  /** Makes one with a message for the user and the failure behind it. */
  public AlignException(String message, Throwable cause) {
    super(message, cause);
  }
}
