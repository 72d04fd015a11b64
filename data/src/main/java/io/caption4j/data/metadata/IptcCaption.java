package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Caption/Abstract (2:120) of the IPTC record among Photoshop's image resources (8BIM 0x0404). All
 * other resources and data sets are kept as they are.
 */
final class IptcCaption {
  private static final int RECORD = 0x0404;
  private static final int DIGEST = 0x0425;
  private static final byte[] SIGNATURE = "8BIM".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] UTF8 = {0x1B, 0x25, 0x47};
  private static final int CHARSET = 1 << 8 | 90;
  private static final int VERSION = 2 << 8;
  private static final int CAPTION = 2 << 8 | 120;
  private static final int MOST = 2000; // bytes of a caption

  /** An image resource: its bytes up to its data, the data. */
  private record Resource(int id, byte[] head, byte[] data) {}

  /** A data set of IPTC: record and number in one, the bytes before the data, the data. */
  private record DataSet(int tag, byte[] head, byte[] data) {}

  private IptcCaption() {}

  /** The caption; empty if there is none, or the resources make no sense. */
  static String read(byte[] resources) {
    try {
      for (Resource resource : resources(resources)) {
        if (resource.id() == RECORD) {
          List<DataSet> sets = sets(resource.data());
          for (DataSet set : sets) {
            String text = new String(set.data(), charset(sets)).strip();
            if (set.tag() == CAPTION && !text.isEmpty()) {
              return text;
            }
          }
        }
      }
      return "";
    } catch (RuntimeException e) {
      return "";
    }
  }

  /**
   * The resources with the caption.
   *
   * @param resources null for new ones
   * @return null if they make no sense, so that they are better left alone
   */
  static byte[] put(byte[] resources, String text) {
    try {
      List<Resource> all = new ArrayList<>(resources(resources == null ? new byte[0] : resources));
      int at = 0;
      while (at < all.size() && all.get(at).id() != RECORD) {
        at++;
      }
      byte[] before = at < all.size() ? all.get(at).data() : new byte[0];
      byte[] record = record(sets(before), text);
      if (at == all.size()) {
        all.add(new Resource(RECORD, head(RECORD), record));
      } else {
        all.set(at, new Resource(RECORD, all.get(at).head(), record));
      }
      for (int i = 0; i < all.size(); i++) { // tells whether XMP was written together with IPTC
        if (all.get(i).id() == DIGEST && Arrays.equals(all.get(i).data(), md5(before))) {
          all.set(i, new Resource(DIGEST, all.get(i).head(), md5(record)));
        }
      }
      return bytes(all);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static byte[] record(List<DataSet> old, String text) {
    List<DataSet> sets = new ArrayList<>(old);
    sets.removeIf(set -> set.tag() == CAPTION);
    boolean ours = old.stream().noneMatch(set -> set.tag() == CHARSET);
    if (ours && sets.stream().allMatch(IptcCaption::ascii)) {
      insert(sets, CHARSET, UTF8);
    }
    if (sets.stream().noneMatch(set -> set.tag() == VERSION)) {
      insert(sets, VERSION, new byte[] {0, 4});
    }
    insert(sets, CAPTION, shortened(text, charset(sets)));
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    for (DataSet set : sets) {
      record.writeBytes(set.head());
      record.writeBytes(set.data());
    }
    return record.toByteArray();
  }

  private static byte[] shortened(String text, Charset charset) {
    String kept = text;
    while (kept.getBytes(charset).length > MOST) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return kept.getBytes(charset);
  }

  private static void insert(List<DataSet> sets, int tag, byte[] data) {
    int at = 0;
    while (at < sets.size() && sets.get(at).tag() <= tag) {
      at++;
    }
    byte[] head = {
      0x1C, (byte) (tag >> 8), (byte) tag, (byte) (data.length >> 8), (byte) data.length
    };
    sets.add(at, new DataSet(tag, head, data));
  }

  private static boolean ascii(DataSet set) {
    if (set.tag() >> 8 != 2 || set.tag() == VERSION) {
      return true; // no text
    }
    for (byte b : set.data()) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static Charset charset(List<DataSet> sets) {
    return sets.stream().anyMatch(s -> s.tag() == CHARSET && Arrays.equals(s.data(), UTF8))
        ? StandardCharsets.UTF_8
        : StandardCharsets.ISO_8859_1;
  }

  private static List<DataSet> sets(byte[] record) {
    List<DataSet> sets = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(record);
    while (bytes.remaining() >= 5 && bytes.get(bytes.position()) == 0x1C) {
      int start = bytes.position();
      int tag = bytes.getShort(start + 1) & 0xFFFF;
      int length = bytes.getShort(start + 3) & 0xFFFF;
      int data = start + 5;
      if (length > 0x7FFF) { // the length of a length
        int digits = length & 0x7FFF;
        if (digits > 4) {
          throw new IllegalArgumentException("a length of " + digits + " bytes");
        }
        length = 0;
        for (int i = 0; i < digits; i++) {
          length = length << 8 | bytes.get(data + i) & 0xFF;
        }
        data += digits;
      }
      bytes.position(Math.addExact(data, length));
      sets.add(new DataSet(tag, copy(record, start, data), copy(record, data, data + length)));
    }
    while (bytes.hasRemaining()) { // padding
      if (bytes.get() != 0) {
        throw new IllegalArgumentException("no IPTC record");
      }
    }
    return sets;
  }

  private static List<Resource> resources(byte[] bytes) {
    List<Resource> resources = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.remaining() >= 12) {
      int start = buffer.position();
      int id = buffer.getShort(start + 4) & 0xFFFF;
      int name = (buffer.get(start + 6) & 0xFF) + 1;
      int data = start + 6 + name + (name & 1) + 4;
      int length = buffer.getInt(data - 4);
      resources.add(
          new Resource(id, copy(bytes, start, data - 4), copy(bytes, data, data + length)));
      buffer.position(Math.min(bytes.length, data + length + (length & 1)));
    }
    if (buffer.remaining() > 1) {
      throw new IllegalArgumentException("no image resources");
    }
    return resources;
  }

  private static byte[] head(int id) {
    return ByteBuffer.allocate(8).put(SIGNATURE).putShort((short) id).putShort((short) 0).array();
  }

  private static byte[] bytes(List<Resource> resources) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Resource resource : resources) {
      out.writeBytes(resource.head());
      out.writeBytes(ByteBuffer.allocate(4).putInt(resource.data().length).array());
      out.writeBytes(resource.data());
      if ((resource.data().length & 1) == 1) {
        out.write(0);
      }
    }
    return out.toByteArray();
  }

  private static byte[] copy(byte[] bytes, int from, int to) {
    if (from > to || to > bytes.length) {
      throw new IllegalArgumentException("cut short");
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes); // as Photoshop has it
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
