package io.caption4j.data;

/** A picture that cannot be turned into pixels. */
public final class ImageException extends Caption4jException {
  /** Why a picture was refused; each maps to one HTTP status and one word in a report. */
  public enum Reason {
    /** There is no such file, or it cannot be read. */
    MISSING,
    /** The bytes are not a picture in a format that is read here. */
    UNSUPPORTED,
    /** The format is known but the data in it is broken. */
    BROKEN,
    /** More bytes or more pixels than the limits allow. */
    TOO_LARGE
  }

  private final Reason reason;

  /** Makes one with a message that says what was expected and what was found. */
  public ImageException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Makes one with the failure behind it. */
  public ImageException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why the picture was refused. */
  public Reason reason() {
    return reason;
  }
}
