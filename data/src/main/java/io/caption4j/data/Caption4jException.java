package io.caption4j.data;

/**
 * A failure that its message explains to the user: what was expected, what was found, the way out.
 * The command line prints the message alone; anything else that escapes is a defect and keeps its
 * stack trace.
 */
public class Caption4jException extends RuntimeException {
  /** Makes one with a message for the user. */
  public Caption4jException(String message) {
    super(message);
  }

  /** Makes one with a message for the user and the failure behind it. */
  public Caption4jException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The first line of another failure's message, for messages of one line; may be empty. */
  public static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}
