package io.caption4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The chunks of a WebP file (RFC 9649, section 2).
 *
 * @param encoded the file
 * @param end of the RIFF chunk, at most that of the file
 * @param extended where VP8X's data is, -1 if there is none
 * @param animated whether it has frames
 * @param orientation of the EXIF chunk
 * @param profile the ICC profile, null if there is none
 */
record WebpContainer(
    byte[] encoded, int end, int extended, boolean animated, int orientation, byte[] profile) {
  private static final int FIRST = 12;
  private static final int ANIMATION = 0x02;
  private static final int EXIF = 0x08;
  private static final int PROFILE = 0x20;

  /** What is done with a chunk. */
  @FunctionalInterface
  private interface Visitor {
    boolean visit(String type, int data, int length) throws IOException;
  }

  static WebpContainer of(byte[] encoded) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    int end = (int) Math.min(encoded.length, 8 + Integer.toUnsignedLong(bytes.getInt(4)));
    int[] extended = {-1};
    int[] orientation = {Exif.NONE};
    byte[][] profile = new byte[1][];
    forEach(
        encoded,
        FIRST,
        end,
        (type, data, length) -> {
          if (type.equals("VP8X") && data == FIRST + 8 && length >= 10) {
            extended[0] = data;
          } else if (type.equals("EXIF")
              && flag(encoded, extended[0], EXIF)
              && orientation[0] == Exif.NONE) {
            orientation[0] = Exif.orientation(encoded, data, Math.min(length, end - data));
          } else if (type.equals("ICCP")
              && flag(encoded, extended[0], PROFILE)
              && profile[0] == null) {
            profile[0] = Arrays.copyOfRange(encoded, data, Math.min(data + length, end));
          }
          return true;
        });
    boolean animated = flag(encoded, extended[0], ANIMATION);
    return new WebpContainer(
        encoded,
        end,
        extended[0],
        animated,
        orientation[0] == Exif.NONE ? Exif.UPRIGHT : orientation[0],
        profile[0]);
  }

  /** Whether VP8X announces something; libwebp passes over chunks that it does not. */
  private static boolean flag(byte[] encoded, int extended, int flag) {
    return extended >= 0 && (encoded[extended] & flag) != 0;
  }

  /** The picture, or the first frame; null if there is none. */
  WebpFrame frame() throws IOException {
    WebpFrame[] found = new WebpFrame[1];
    int[] alpha = {-1, 0};
    forEach(
        encoded,
        FIRST,
        end,
        (type, data, length) -> {
          switch (type) {
            case "ANMF" -> {
              if (animated) {
                found[0] = animationFrame(data, length);
              }
            }
            case "ALPH" -> {
              alpha[0] = data;
              alpha[1] = Math.min(length, end - data);
            }
            case "VP8 ", "VP8L" -> {
              if (!animated) {
                found[0] = WebpFrame.of(encoded, type, data, Math.min(length, end - data), alpha);
              }
            }
            default -> {}
          }
          return found[0] == null;
        });
    return found[0];
  }

  private WebpFrame animationFrame(int at, int length) throws IOException {
    int left = 2 * threeBytes(encoded, at);
    int top = 2 * threeBytes(encoded, at + 3);
    int width = 1 + threeBytes(encoded, at + 6);
    int height = 1 + threeBytes(encoded, at + 9);
    WebpFrame[] found = new WebpFrame[1];
    int[] alpha = {-1, 0};
    int last = Math.min(at + length, end);
    forEach(
        encoded,
        at + 16,
        last,
        (type, data, size) -> {
          if (type.equals("ALPH")) {
            alpha[0] = data;
            alpha[1] = Math.min(size, last - data);
          } else if (type.equals("VP8 ") || type.equals("VP8L")) {
            found[0] = WebpFrame.of(encoded, type, data, Math.min(size, last - data), alpha);
          }
          return found[0] == null;
        });
    if (found[0] == null) {
      throw new IOException("its first frame has no picture");
    }
    if (found[0].width() != width || found[0].height() != height) {
      throw new IOException("its first frame claims another size than its picture");
    }
    return found[0].at(left, top);
  }

  /** Whether the file is as long as it says; the decoder finds what is missing within. */
  boolean complete() {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    return 8 + Integer.toUnsignedLong(bytes.getInt(4)) <= encoded.length;
  }

  private static void forEach(byte[] encoded, int from, int end, Visitor visitor)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    long at = from;
    while (at + 8 <= end) {
      String type = new String(encoded, (int) at, 4, StandardCharsets.ISO_8859_1);
      long length = Integer.toUnsignedLong(bytes.getInt((int) at + 4));
      int clipped = (int) Math.min(length, end - at - 8);
      if (!visitor.visit(type, (int) at + 8, clipped)) {
        return;
      }
      at += 8 + length + length % 2;
    }
  }

  static int threeBytes(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at])
        | Byte.toUnsignedInt(bytes[at + 1]) << 8
        | Byte.toUnsignedInt(bytes[at + 2]) << 16;
  }
}
