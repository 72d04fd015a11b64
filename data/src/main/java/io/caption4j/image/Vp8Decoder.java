package io.caption4j.image;

import java.io.IOException;

/** Decodes a VP8 key frame, the coded data of a lossy WebP (RFC 6386). */
final class Vp8Decoder {
  private static final int TAG = 10; // frame tag, start code and size
  private static final int[] BLOCK_TREE = {
    -0, 2, -1, 4, -2, 6, 8, 12, -3, 10, -5, -6, -4, 14, -7, 16, -8, -9
  };
  private static final int[] AS_BLOCK_MODE = {0, 2, 3, 1}; // of DC, vertical, horizontal, motion

  private final byte[] encoded;
  private final int end;
  private final int width;
  private final int height;
  private final int columns;
  private final int rows;
  private final Vp8Bits bits;
  private final Vp8Header header;
  private final Vp8Bits[] partitions;
  private final Vp8Plane[] planes;

  private final int[] above; // block modes above, 4 a macroblock
  private final int[] left = new int[4];

  /**
   * Reads the header.
   *
   * @throws IOException if it is broken
   */
  Vp8Decoder(byte[] encoded, int from, int length) throws IOException {
    this.encoded = encoded;
    this.end = from + length;
    int tag = WebpContainer.threeBytes(encoded, from);
    if ((tag & 1) != 0 || WebpContainer.threeBytes(encoded, from + 3) != 0x2A019D) {
      throw new IOException("its lossy data is no key frame");
    }
    width = WebpContainer.threeBytes(encoded, from + 6) & 0x3FFF;
    height = WebpContainer.threeBytes(encoded, from + 7) >> 8 & 0x3FFF;
    columns = (width + 15) / 16;
    rows = (height + 15) / 16;
    long second = (long) from + TAG + (tag >>> 5);
    if (second > end) {
      throw new IOException("its coded data is cut short");
    }
    bits = new Vp8Bits(encoded, from + TAG, (int) second);
    header = Vp8Header.read(bits);
    partitions = partitions((int) second);
    planes =
        new Vp8Plane[] {
          new Vp8Plane(16 * columns, 16 * rows),
          new Vp8Plane(8 * columns, 8 * rows),
          new Vp8Plane(8 * columns, 8 * rows)
        };
    above = new int[4 * columns];
  }

  private Vp8Bits[] partitions(int from) throws IOException {
    int count = 1 << header.partitions();
    Vp8Bits[] found = new Vp8Bits[count];
    int start = from + 3 * (count - 1);
    if (start > end) {
      throw new IOException("its coded data is cut short");
    }
    for (int i = 0; i < count; i++) {
      int size = i < count - 1 ? WebpContainer.threeBytes(encoded, from + 3 * i) : end - start;
      int last = Math.min(start + size, end);
      found[i] = new Vp8Bits(encoded, start, last);
      start = last;
    }
    return found;
  }

  /**
   * Decodes the frame.
   *
   * @throws IOException if it is broken or cut short
   */
  Bitmap decode() throws IOException {
    Vp8Residuals residuals = new Vp8Residuals(header.coefficients(), columns);
    byte[] filters = new byte[columns * rows];
    for (int row = 0; row < rows; row++) {
      residuals.startRow();
      java.util.Arrays.fill(left, 0);
      Vp8Bits tokens = partitions[row & partitions.length - 1];
      for (int column = 0; column < columns; column++) {
        filters[row * columns + column] = macroblock(row, column, tokens, residuals);
      }
    }
    header.filter().smooth(planes, filters, columns, rows);
    return Vp8Colours.rgb(planes, width, height);
  }

  /** Decodes a macroblock; returns how it is to be filtered. */
  private byte macroblock(int row, int column, Vp8Bits tokens, Vp8Residuals residuals)
      throws IOException {
    int segment = 0;
    if (header.segments()) {
      int[] tree = header.segmentTree();
      segment = bits.bit(tree[0]) == 0 ? bits.bit(tree[1]) : 2 + bits.bit(tree[2]);
    }
    boolean skipped = header.skipped() >= 0 && bits.bit(header.skipped()) == 1;
    boolean blocks = bits.bit(145) == 0;
    int[] modes = blocks ? blockModes(column) : null;
    int mode = blocks ? 0 : wholeMode(column);
    int chroma = chromaMode();
    boolean coefficients = false;
    if (skipped) {
      residuals.skip(column, blocks);
    } else {
      coefficients = residuals.read(tokens, header.steps()[segment], column, blocks);
    }
    int[] residual = coefficients ? residuals.coefficients : null;
    if (blocks) {
      lumaBlocks(row, column, modes, residual);
    } else {
      Vp8Plane luma = planes[0];
      int at = luma.at(16 * column, 16 * row);
      Vp8Prediction.whole(luma, at, 16, mode, row > 0, column > 0);
      for (int i = 0; residual != null && i < 16; i++) {
        Vp8Transform.add(residual, i, luma, at + i / 4 * 4 * luma.stride + i % 4 * 4);
      }
    }
    for (int p = 1; p < 3; p++) {
      Vp8Plane plane = planes[p];
      int at = plane.at(8 * column, 8 * row);
      Vp8Prediction.whole(plane, at, 8, chroma, row > 0, column > 0);
      for (int i = 0; residual != null && i < 4; i++) {
        int block = 12 + 4 * p + i;
        Vp8Transform.add(residual, block, plane, at + i / 2 * 4 * plane.stride + i % 2 * 4);
      }
    }
    return Vp8Filter.kind(segment, blocks, blocks || coefficients);
  }

  private void lumaBlocks(int row, int column, int[] modes, int[] residual) {
    Vp8Plane luma = planes[0];
    int start = luma.at(16 * column, 16 * row);
    int[] beyond = new int[4]; // above the next macroblock
    for (int i = 0; i < 4; i++) {
      boolean last = column == columns - 1 && row > 0;
      beyond[i] = luma.samples[start - luma.stride + (last ? 15 : 16 + i)] & 0xFF;
    }
    int[] corner = new int[4];
    for (int i = 0; i < 16; i++) {
      int at = start + i / 4 * 4 * luma.stride + i % 4 * 4;
      for (int k = 0; k < 4; k++) {
        corner[k] = i % 4 == 3 ? beyond[k] : luma.samples[at - luma.stride + 4 + k] & 0xFF;
      }
      Vp8Prediction.block(luma, at, modes[i], corner);
      if (residual != null) {
        Vp8Transform.add(residual, i, luma, at);
      }
    }
  }

  private int[] blockModes(int column) throws IOException {
    int[] modes = new int[16];
    for (int i = 0; i < 16; i++) {
      int up = 4 * column + i % 4;
      int side = i / 4;
      int p = (above[up] * 10 + left[side]) * 9;
      int node = 0;
      do {
        node = BLOCK_TREE[node + bits.bit(Vp8Tables.BLOCK_MODES[p + node / 2] & 0xFF)];
      } while (node > 0);
      modes[i] = -node;
      above[up] = modes[i];
      left[side] = modes[i];
    }
    return modes;
  }

  private int wholeMode(int column) throws IOException {
    int mode =
        bits.bit(156) == 1
            ? bits.bit(128) == 1 ? Vp8Prediction.TRUE_MOTION : Vp8Prediction.HORIZONTAL
            : bits.bit(163) == 1 ? Vp8Prediction.VERTICAL : Vp8Prediction.DC;
    for (int i = 0; i < 4; i++) {
      above[4 * column + i] = AS_BLOCK_MODE[mode];
      left[i] = AS_BLOCK_MODE[mode];
    }
    return mode;
  }

  private int chromaMode() throws IOException {
    if (bits.bit(142) == 0) {
      return Vp8Prediction.DC;
    } else if (bits.bit(114) == 0) {
      return Vp8Prediction.VERTICAL;
    }
    return bits.bit(183) == 1 ? Vp8Prediction.TRUE_MOTION : Vp8Prediction.HORIZONTAL;
  }
}
