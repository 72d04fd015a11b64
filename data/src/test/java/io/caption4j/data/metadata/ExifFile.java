package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A TIFF structure such as cameras write: maker notes, GPS, interoperability, a thumbnail. */
final class ExifFile {
  static final byte[] THUMBNAIL = new byte[101];

  static {
    for (int i = 0; i < THUMBNAIL.length; i++) {
      THUMBNAIL[i] = (byte) (i * 7 + 1);
    }
    THUMBNAIL[0] = (byte) 0xFF;
    THUMBNAIL[1] = (byte) 0xD8;
  }

  private record Entry(int tag, int type, int count, byte[] value) {}

  private final ByteOrder order;
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();

  private ExifFile(ByteOrder order) {
    this.order = order;
  }

  /** The structure, with a description unless that is null. */
  static byte[] of(ByteOrder order, String description) {
    return new ExifFile(order).make(description);
  }

  private byte[] make(String description) {
    values.writeBytes(order == ByteOrder.BIG_ENDIAN ? latin("MM\0*") : latin("II*\0"));
    values.writeBytes(number(0)); // the first directory's place
    int interop = directory(List.of(ascii(1, "R98"), entry(2, 7, "0100")), 0);
    int gps =
        directory(
            List.of(
                entry(0, 1, "\2\3\0\0"),
                ascii(1, "N"),
                new Entry(2, 5, 3, rationals(48, 1, 7, 1, 3059, 100)),
                ascii(3, "E"),
                new Entry(4, 5, 3, rationals(11, 1, 34, 1, 12, 1))),
            0);
    int note = values.size();
    values.writeBytes(makerNote(note));
    int noteEnd = values.size() - note;
    int exif =
        directory(
            List.of(
                entry(0x9000, 7, "0231"),
                ascii(0x9003, "2020:01:02 03:04:05"),
                entry(0x9101, 7, "\1\2\3\0"),
                new Entry(0x927C, 7, noteEnd, number(note)),
                entry(0xA000, 7, "0100"),
                new Entry(0xA001, 3, 1, shorts(1, 0)),
                new Entry(0xA002, 4, 1, number(9)),
                new Entry(0xA003, 4, 1, number(7)),
                new Entry(0xA005, 4, 1, number(interop))),
            0);
    int thumbnail = values.size();
    values.writeBytes(THUMBNAIL);
    values.write(0);
    int second =
        directory(
            List.of(
                new Entry(0x0103, 3, 1, shorts(6, 0)),
                new Entry(0x011A, 5, 1, rationals(72, 1)),
                new Entry(0x011B, 5, 1, rationals(72, 1)),
                new Entry(0x0128, 3, 1, shorts(2, 0)),
                new Entry(0x0201, 4, 1, number(thumbnail)),
                new Entry(0x0202, 4, 1, number(THUMBNAIL.length))),
            0);
    List<Entry> first = new ArrayList<>();
    if (description != null) {
      first.add(ascii(0x010E, description));
    }
    first.add(ascii(0x010F, "Canon"));
    first.add(ascii(0x0110, "Canon EOS 40D"));
    first.add(new Entry(0x0112, 3, 1, shorts(1, 0)));
    first.add(new Entry(0x011A, 5, 1, rationals(72, 1)));
    first.add(new Entry(0x011B, 5, 1, rationals(72, 1)));
    first.add(new Entry(0x0128, 3, 1, shorts(2, 0)));
    first.add(new Entry(0x0213, 3, 1, shorts(1, 0)));
    first.add(new Entry(0x8769, 4, 1, number(exif)));
    first.add(new Entry(0x8825, 4, 1, number(gps)));
    int directory = directory(first, second);
    byte[] all = values.toByteArray();
    ByteBuffer.wrap(all).order(order).putInt(4, directory);
    return all;
  }

  /** A directory of Canon's, whose offsets count from the structure's begin. */
  private byte[] makerNote(int at) {
    String owner = "an owner of forty\0\0\0";
    ByteBuffer note = ByteBuffer.allocate(2 + 12 + 4 + owner.length()).order(order);
    note.putShort((short) 1).putShort((short) 9).putShort((short) 2).putInt(owner.length());
    return note.putInt(at + 18).putInt(0).put(latin(owner)).array();
  }

  /** Writes values that are long, then the directory; returns where that is. */
  private int directory(List<Entry> entries, int next) {
    ByteBuffer directory = ByteBuffer.allocate(2 + 12 * entries.size() + 4).order(order);
    directory.putShort((short) entries.size());
    for (Entry entry : entries) {
      directory.putShort((short) entry.tag()).putShort((short) entry.type()).putInt(entry.count());
      if (entry.value().length <= 4) {
        directory.put(java.util.Arrays.copyOf(entry.value(), 4));
      } else {
        directory.putInt(values.size());
        values.writeBytes(entry.value());
        if ((values.size() & 1) == 1) {
          values.write(0);
        }
      }
    }
    int at = values.size();
    values.writeBytes(directory.putInt(next).array());
    return at;
  }

  private static Entry entry(int tag, int type, String value) {
    return new Entry(tag, type, value.length(), latin(value));
  }

  private static Entry ascii(int tag, String value) {
    return entry(tag, 2, value + "\0");
  }

  private byte[] number(int value) {
    return ByteBuffer.allocate(4).order(order).putInt(value).array();
  }

  private byte[] shorts(int first, int second) {
    return ByteBuffer.allocate(4)
        .order(order)
        .putShort((short) first)
        .putShort((short) second)
        .array();
  }

  private byte[] rationals(int... parts) {
    ByteBuffer all = ByteBuffer.allocate(4 * parts.length).order(order);
    for (int part : parts) {
      all.putInt(part);
    }
    return all.array();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
