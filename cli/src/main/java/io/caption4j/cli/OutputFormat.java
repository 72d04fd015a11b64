package io.caption4j.cli;

/** How results are printed. */
enum OutputFormat {
  /** Lines for people. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
