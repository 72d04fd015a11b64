package io.caption4j.image;

import java.nio.ByteBuffer;

/**
 * The descriptor of a GIF's frame (GIF89a specification, section 20).
 *
 * @param left its first column on the screen
 * @param top its first row on the screen
 * @param width columns
 * @param height rows
 * @param interlaced whether every eighth row comes first
 * @param paletteLength bytes of its own palette, 0 if it has none
 * @param data where its coded data begins
 */
record GifFrame(
    int left, int top, int width, int height, boolean interlaced, int paletteLength, int data) {
  static GifFrame of(ByteBuffer bytes, int at) {
    int flags = bytes.get(at + 9);
    int paletteLength = (flags & 0x80) != 0 ? 6 << (flags & 7) : 0;
    return new GifFrame(
        Short.toUnsignedInt(bytes.getShort(at + 1)),
        Short.toUnsignedInt(bytes.getShort(at + 3)),
        Short.toUnsignedInt(bytes.getShort(at + 5)),
        Short.toUnsignedInt(bytes.getShort(at + 7)),
        (flags & 0x40) != 0,
        paletteLength,
        at + 10 + paletteLength);
  }
}
