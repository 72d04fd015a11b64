package io.caption4j.image;

import java.io.IOException;

/**
 * A picture of a kind that is not read; the message is a predicate, such as "is a HEIC picture".
 */
public final class UnsupportedPictureException extends IOException {
  private static final long serialVersionUID = 1;

  /** Makes one. @param predicate what the picture is, to be put after its name */
  public UnsupportedPictureException(String predicate) {
    super(predicate);
  }
}
