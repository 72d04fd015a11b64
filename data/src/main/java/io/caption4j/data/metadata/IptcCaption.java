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
import java.util.Set;

/**
 * Caption/Abstract (2:120) of the IPTC record among Photoshop's image resources (8BIM 0x0404). All
 * other resources and data sets are kept as they are.
 */
final class IptcCaption {
  private static final int RECORD = 0x0404;
  private static final int DIGEST = 0x0425;
  private static final Set<String> SIGNATURES = Set.of("8BIM", "PHUT", "DCSR", "AgHg", "MeSa");
  private static final byte[] SIGNATURE = "8BIM".getBytes(StandardCharsets.ISO_8859_1);
  private static final int VERSION = 2 << 8;
  private static final int CAPTION = 2 << 8 | 120;
  private static final int MOST = 2000; // bytes of a caption

  /** An image resource: its bytes up to its data, the data. */
  private record Resource(int id, byte[] head, byte[] data) {}

  private IptcCaption() {}

  /** The caption; empty if there is none, or the resources make no sense. */
  static String read(byte[] resources) {
    try {
      for (Resource resource : resources(resources)) {
        if (resource.id() == RECORD) {
          List<IptcDataSet> sets = IptcDataSet.all(resource.data());
          for (IptcDataSet set : sets) {
            String text = CameraFiller.without(new String(set.data(), IptcCharset.of(sets)));
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
      byte[] record = record(IptcDataSet.all(before), text);
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

  private static byte[] record(List<IptcDataSet> old, String text) {
    List<IptcDataSet> kept = new ArrayList<>(old);
    kept.removeIf(set -> set.tag() == CAPTION);
    List<IptcDataSet> sets = new ArrayList<>(IptcCharset.fit(kept, text));
    if (sets.stream().noneMatch(set -> set.tag() == VERSION)) {
      IptcDataSet.insert(sets, IptcDataSet.of(VERSION, new byte[] {0, 4}));
    }
    byte[] caption = shortened(text, IptcCharset.of(sets));
    IptcDataSet.insert(sets, IptcDataSet.of(CAPTION, caption));
    return IptcDataSet.record(sets);
  }

  private static byte[] shortened(String text, Charset charset) {
    String kept = text;
    while (kept.getBytes(charset).length > MOST) {
      kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
    }
    return kept.getBytes(charset);
  }

  private static List<Resource> resources(byte[] bytes) {
    List<Resource> resources = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.remaining() >= 12) {
      int start = buffer.position();
      String signature = new String(bytes, start, 4, StandardCharsets.ISO_8859_1);
      if (!SIGNATURES.contains(signature)) {
        throw new IllegalArgumentException("no image resource");
      }
      int id = buffer.getShort(start + 4) & 0xFFFF;
      int name = (buffer.get(start + 6) & 0xFF) + 1;
      int data = start + 6 + name + (name & 1) + 4;
      int length = buffer.getInt(data - 4);
      resources.add(
          new Resource(id, copy(bytes, start, data - 4), copy(bytes, data, data + length)));
      int end = data + length; // some programs leave out the padding
      boolean padded = (length & 1) == 1 && end < bytes.length && bytes[end] == 0;
      buffer.position(padded ? end + 1 : end);
    }
    while (buffer.hasRemaining()) {
      if (buffer.get() != 0) {
        throw new IllegalArgumentException("no image resources");
      }
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
