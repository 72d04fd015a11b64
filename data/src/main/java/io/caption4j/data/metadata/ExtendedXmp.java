package io.caption4j.data.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The rest of an XMP packet that is too large for one segment of a JPEG (XMP specification, part 3,
 * 1.1.3.1): segments with the digest of the whole, its length, and where each part belongs.
 */
final class ExtendedXmp {
  private static final byte[] BEGIN = JpegSegment.latin("http://ns.adobe.com/xmp/extension/\0");
  private static final int DIGEST = 32; // letters
  private static final int HEAD = BEGIN.length + DIGEST + 8; // bytes
  private static final int PART = 65_000; // bytes

  private ExtendedXmp() {}

  /**
   * The whole of it.
   *
   * @return null if a part is missing or there is none
   */
  static byte[] read(List<JpegSegment> segments, String digest) {
    long parts = segments.stream().filter(segment -> isPart(segment, digest)).count();
    byte[] all = null;
    long found = 0;
    for (JpegSegment segment : segments) {
      if (isPart(segment, digest)) {
        ByteBuffer part = ByteBuffer.wrap(segment.content());
        long length = Integer.toUnsignedLong(part.getInt(HEAD - 8));
        long offset = Integer.toUnsignedLong(part.getInt(HEAD - 4));
        if (length > parts * JpegSegment.MOST) {
          return null;
        }
        all = all == null ? new byte[(int) length] : all;
        int size = segment.content().length - HEAD;
        if (length != all.length || offset + size > length) {
          return null;
        }
        System.arraycopy(segment.content(), HEAD, all, (int) offset, size);
        found += size;
      }
    }
    return all != null && found >= all.length ? all : null;
  }

  /**
   * Puts another in its place.
   *
   * @return its digest
   */
  static String replace(List<JpegSegment> segments, String digest, byte[] whole) {
    int at = 0;
    while (!isPart(segments.get(at), digest)) {
      at++;
    }
    segments.removeIf(segment -> isPart(segment, digest));
    String now = md5(whole);
    for (int from = 0; from < whole.length; from += PART) {
      byte[] part = Arrays.copyOfRange(whole, from, Math.min(whole.length, from + PART));
      ByteBuffer content = ByteBuffer.allocate(HEAD + part.length);
      content.put(BEGIN).put(JpegSegment.latin(now)).putInt(whole.length).putInt(from).put(part);
      segments.add(at++, new JpegSegment(0xE1, content.array()));
    }
    return now;
  }

  private static boolean isPart(JpegSegment segment, String digest) {
    return segment.is(0xE1, BEGIN)
        && segment.content().length >= HEAD
        && digest.equals(
            new String(segment.content(), BEGIN.length, DIGEST, StandardCharsets.ISO_8859_1));
  }

  private static String md5(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(bytes); // as the specification has it
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
