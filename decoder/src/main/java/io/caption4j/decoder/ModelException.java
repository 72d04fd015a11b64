package io.caption4j.decoder;

import io.caption4j.data.Caption4jException;

/** A model file that is missing, damaged, of another format version, or not fit for its use. */
public final class ModelException extends Caption4jException {
  /** Makes one with a message that names the file and what was expected in it. */
  public ModelException(String message) {
    super(message);
  }

  /** Makes one with the failure behind it. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
