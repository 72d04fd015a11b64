package io.caption4j.cli;

/** Whoever read our stdout has gone, as {@code head} does; there is nothing left to do. */
final class OutputClosedException extends RuntimeException {
  OutputClosedException() {
    super("stdout was closed");
  }
}
