package io.caption4j.data.metadata;

import io.caption4j.data.Caption4jException;

/** A picture whose description cannot be read or written; the file is as it was. */
public final class MetadataException extends Caption4jException {
  MetadataException(String message) {
    super(message);
  }

  MetadataException(String message, Throwable cause) {
    super(message, cause);
  }
}
