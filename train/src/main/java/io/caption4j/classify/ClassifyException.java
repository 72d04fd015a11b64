package io.caption4j.classify;

import io.caption4j.data.Caption4jException;

/** A classifier that cannot be read, written or used; the message says which and why. */
public final class ClassifyException extends Caption4jException {
  /** Makes one with a message for the user. */
  public ClassifyException(String message) {
    super(message);
  }

  /** Makes one with a message for the user and the failure behind it. */
  public ClassifyException(String message, Throwable cause) {
    super(message, cause);
  }
}
