package io.caption4j.data;

/** A data set that is missing, unreadable or not what it claims to be. */
public final class DataException extends Caption4jException {
  /** Makes one with a message that names the file and what was expected in it. */
  public DataException(String message) {
    super(message);
  }

  /** Makes one with a message that names the file, and the failure behind it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
