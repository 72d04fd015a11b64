package io.caption4j.cli;

/** How captions are printed. */
enum CaptionFormat {
  /** Lines for people. */
  TEXT,
  /** One JSON object a line. */
  JSON,
  /** A table with a header, RFC 4180. */
  CSV,
  /** One JSON list in COCO's results layout. */
  COCO
}
