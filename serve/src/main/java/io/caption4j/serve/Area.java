package io.caption4j.serve;

import io.caption4j.align.Box;

/** A box on the wire. */
@Doc("A rectangle of a picture, in pixels of the upright original.")
record Area(
    @Doc("Its first column, from 0.") int x,
    @Doc("Its first row, from 0.") int y,
    @Doc("Its columns.") int width,
    @Doc("Its rows.") int height) {
  static Area of(Box box) {
    return new Area(box.x(), box.y(), box.width(), box.height());
  }
}
