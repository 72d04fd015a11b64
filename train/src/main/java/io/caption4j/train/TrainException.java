package io.caption4j.train;

import io.caption4j.data.Caption4jException;

/** Training that cannot start, go on or be resumed. */
public final class TrainException extends Caption4jException {
  /** Makes one with a message that says what was expected, what was found, and the way out. */
  public TrainException(String message) {
    super(message);
  }

  /** Makes one with the failure behind it. */
  public TrainException(String message, Throwable cause) {
    super(message, cause);
  }
}
