package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A data set of IPTC.
 *
 * @param tag record and number in one
 * @param head the bytes before the data
 * @param data its bytes
 */
record IptcDataSet(int tag, byte[] head, byte[] data) {
  /** One of less than 32 KB. */
  static IptcDataSet of(int tag, byte[] data) {
    int length = data.length;
    if (length > 0x7FFF) {
      throw new IllegalArgumentException("too long");
    }
    byte[] head = {0x1C, (byte) (tag >> 8), (byte) tag, (byte) (length >> 8), (byte) length};
    return new IptcDataSet(tag, head, data);
  }

  /** Puts one behind those of its tag. */
  static void insert(List<IptcDataSet> sets, IptcDataSet set) {
    int at = 0;
    while (at < sets.size() && sets.get(at).tag() <= set.tag()) {
      at++;
    }
    sets.add(at, set);
  }

  /**
   * The data sets of a record.
   *
   * @throws RuntimeException if it is none
   */
  static List<IptcDataSet> all(byte[] record) {
    List<IptcDataSet> sets = new ArrayList<>();
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
      sets.add(
          new IptcDataSet(
              tag,
              Arrays.copyOfRange(record, start, data),
              Arrays.copyOfRange(record, data, data + length)));
    }
    while (bytes.hasRemaining()) { // padding
      if (bytes.get() != 0) {
        throw new IllegalArgumentException("no IPTC record");
      }
    }
    return sets;
  }

  /** The record of data sets. */
  static byte[] record(List<IptcDataSet> sets) {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    for (IptcDataSet set : sets) {
      record.writeBytes(set.head());
      record.writeBytes(set.data());
    }
    return record.toByteArray();
  }
}
