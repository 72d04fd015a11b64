package io.caption4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A GIF's first frame on its logical screen (GIF89a specification, sections 18 to 23), which grows
 * if the frame does not fit. What the frame leaves free is white.
 *
 * @param frame where the first frame's descriptor is
 * @param colours RGB triples of the frame's or the screen's palette, null without either
 * @param clear the index of the clear colour, -1 if there is none
 */
record GifPicture(byte[] encoded, int width, int height, GifFrame frame, byte[] colours, int clear)
    implements EncodedPicture {
  private static final int SCREEN = 13;

  static GifPicture of(byte[] encoded) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    int flags = bytes.get(10);
    byte[] colours = null;
    int at = SCREEN;
    if ((flags & 0x80) != 0) {
      int length = 6 << (flags & 7);
      colours = palette(encoded, at, length);
      at += length;
    }
    int clear = -1;
    while (true) {
      int block = Byte.toUnsignedInt(bytes.get(at));
      if (block == 0x2C) {
        break;
      } else if (block == 0x21) {
        boolean control = bytes.get(at + 1) == (byte) 0xF9 && bytes.get(at + 2) >= 4;
        if (control) {
          clear = (bytes.get(at + 3) & 1) != 0 ? Byte.toUnsignedInt(bytes.get(at + 6)) : -1;
        }
        at = afterBlocks(bytes, at + 2);
      } else if (block == 0x3B) {
        throw new IOException("it has no frame");
      } else {
        at++; // stray bytes, which decoders forgive
      }
    }
    GifFrame frame = GifFrame.of(bytes, at);
    if (frame.paletteLength() > 0) {
      colours = palette(encoded, at + 10, frame.paletteLength());
    }
    int width = Math.max(Short.toUnsignedInt(bytes.getShort(6)), frame.left() + frame.width());
    int height = Math.max(Short.toUnsignedInt(bytes.getShort(8)), frame.top() + frame.height());
    return new GifPicture(encoded, width, height, frame, colours, clear);
  }

  private static byte[] palette(byte[] encoded, int at, int length) {
    if (at + length > encoded.length) {
      throw new IndexOutOfBoundsException("The palette is cut short.");
    }
    return Arrays.copyOfRange(encoded, at, at + length);
  }

  /** The position after data in blocks, each led by its length, and a block of none. */
  private static int afterBlocks(ByteBuffer bytes, int from) {
    int at = from;
    while (bytes.get(at) != 0) {
      at += 1 + Byte.toUnsignedInt(bytes.get(at));
    }
    return at + 1;
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.GIF;
  }

  @Override
  public Bitmap decode() throws IOException {
    byte[] indices = GifIndices.decode(encoded, frame);
    byte[] rgb = Bitmap.bytes(width, height);
    Arrays.fill(rgb, (byte) 255);
    int from = 0;
    for (int y = 0; y < frame.height(); y++) {
      int to = 3 * ((frame.top() + y) * width + frame.left());
      for (int x = 0; x < frame.width(); x++, to += 3) {
        int index = Byte.toUnsignedInt(indices[from++]);
        for (int i = 0; index != clear && i < 3; i++) {
          rgb[to + i] = colour(index, i);
        }
      }
    }
    return new Bitmap(width, height, rgb);
  }

  private byte colour(int index, int channel) {
    if (colours == null) {
      return (byte) index;
    }
    int at = 3 * index + channel;
    return at < colours.length ? colours[at] : 0;
  }
}
