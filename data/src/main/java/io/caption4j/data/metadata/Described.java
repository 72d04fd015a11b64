package io.caption4j.data.metadata;

/** A kind of picture file whose description can be read and written. */
interface Described {
  /** The description; empty if there is none. */
  String read(byte[] file);

  /** The whole file with another description; coded pixels are copied byte for byte. */
  byte[] put(byte[] file, String text);
}
