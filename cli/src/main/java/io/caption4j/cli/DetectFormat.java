package io.caption4j.cli;

/** How objects are printed. */
enum DetectFormat {
  /** A line an object. */
  TEXT,
  /** A JSON object a picture. */
  JSON,
  /** COCO's results: one JSON list of all objects. */
  COCO
}
