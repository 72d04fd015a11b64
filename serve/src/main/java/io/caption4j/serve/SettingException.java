package io.caption4j.serve;

import io.caption4j.data.Caption4jException;

/** A setting that cannot be used; the message names where it came from. */
public final class SettingException extends Caption4jException {
  SettingException(String message) {
    super(message);
  }
}
