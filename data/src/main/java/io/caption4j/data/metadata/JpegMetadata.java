package io.caption4j.data.metadata;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** EXIF, XMP and IPTC in the application segments of a JPEG. */
final class JpegMetadata implements Described {
  private static final byte[] EXIF = latin("Exif\0\0");
  private static final byte[] XMP = latin("http://ns.adobe.com/xap/1.0/\0");
  private static final byte[] PHOTOSHOP = latin("Photoshop 3.0\0");
  private static final int MOST = 65_533; // bytes of a segment's content

  /** A segment: its marker and content, or all the bytes from the scan or the end on. */
  private record Segment(int marker, byte[] content) {
    boolean is(int other, byte[] begin) {
      return marker == other
          && content.length >= begin.length
          && Arrays.equals(content, 0, begin.length, begin, 0, begin.length);
    }

    byte[] after(byte[] begin) {
      return Arrays.copyOfRange(content, begin.length, content.length);
    }
  }

  @Override
  public String read(byte[] file) {
    List<Segment> segments = segments(file);
    for (Segment segment : segments) {
      String text = "";
      if (segment.is(0xE1, XMP)) {
        text = XmpDescription.read(segment.after(XMP));
      } else if (segment.is(0xE1, EXIF)) {
        text = ExifDescription.read(segment.after(EXIF));
      }
      if (!text.isEmpty()) {
        return text;
      }
    }
    byte[] resources = resources(segments);
    return resources == null ? "" : IptcCaption.read(resources);
  }

  @Override
  public byte[] put(byte[] file, String text) {
    List<Segment> segments = new ArrayList<>(segments(file));
    int exif = index(segments, EXIF);
    byte[] tiff =
        ExifDescription.put(
            exif < 0 ? null : segments.get(exif).after(EXIF),
            text,
            frame(segments, 3),
            frame(segments, 1));
    if (tiff != null && tiff.length + EXIF.length <= MOST) { // else EXIF stays as it is
      exif = set(segments, exif, start(segments), new Segment(0xE1, joined(EXIF, tiff)));
    }
    int xmp = index(segments, XMP);
    byte[] packet =
        XmpDescription.put(xmp < 0 ? null : segments.get(xmp).after(XMP), text, MOST - XMP.length);
    int place = exif < 0 ? start(segments) : exif + 1;
    xmp = set(segments, xmp, place, new Segment(0xE1, joined(XMP, packet)));
    photoshop(segments, xmp + 1, text);
    return bytes(segments);
  }

  /** Two bytes of the frame header: its height at 1, its width at 3. */
  private static int frame(List<Segment> segments, int at) {
    for (Segment segment : segments) {
      int marker = segment.marker();
      boolean tables = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
      if (marker >= 0xC0 && marker <= 0xCF && !tables && segment.content().length > at + 1) {
        return (segment.content()[at] & 0xFF) << 8 | segment.content()[at + 1] & 0xFF;
      }
    }
    throw new MetadataException("it is a damaged JPEG");
  }

  private static void photoshop(List<Segment> segments, int place, String text) {
    byte[] resources = IptcCaption.put(resources(segments), text);
    if (resources == null) {
      return; // not what they should be: better left alone
    }
    int at = place;
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).is(0xED, PHOTOSHOP)) {
        segments.remove(i);
        at = i < place && i < at ? i : Math.min(at, i);
      }
    }
    int most = MOST - PHOTOSHOP.length;
    for (int from = 0; from < resources.length; from += most) {
      byte[] part = Arrays.copyOfRange(resources, from, Math.min(resources.length, from + most));
      segments.add(at++, new Segment(0xED, joined(PHOTOSHOP, part)));
    }
  }

  /** What several segments hold together; null if there is none. */
  private static byte[] resources(List<Segment> segments) {
    byte[] all = null;
    for (Segment segment : segments) {
      if (segment.is(0xED, PHOTOSHOP)) {
        byte[] part = segment.after(PHOTOSHOP);
        all = all == null ? part : joined(all, part);
      }
    }
    return all;
  }

  private static int set(List<Segment> segments, int at, int place, Segment segment) {
    if (at >= 0) {
      segments.set(at, segment);
      return at;
    }
    segments.add(place, segment);
    return place;
  }

  private static int index(List<Segment> segments, byte[] begin) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).is(0xE1, begin)) {
        return i;
      }
    }
    return -1;
  }

  /** After JFIF's own segments, which come first. */
  private static int start(List<Segment> segments) {
    int at = 0;
    while (segments.get(at).marker() == 0xE0) {
      at++;
    }
    return at;
  }

  /** The segments before the first scan, and as the last one all that follows. */
  private static List<Segment> segments(byte[] file) {
    List<Segment> segments = new ArrayList<>();
    int at = 2;
    while (true) {
      if (at + 4 > file.length || file[at] != (byte) 0xFF) {
        throw new MetadataException("it is a damaged JPEG");
      }
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // fill byte
        continue;
      }
      if (marker == 0xDA || marker == 0xD9) { // the first scan
        segments.add(new Segment(0, Arrays.copyOfRange(file, at, file.length)));
        return segments;
      }
      int end = at + 2 + ((file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF);
      if (end > file.length || end < at + 4) {
        throw new MetadataException("it is a damaged JPEG");
      }
      segments.add(new Segment(marker, Arrays.copyOfRange(file, at + 4, end)));
      at = end;
    }
  }

  private static byte[] bytes(List<Segment> segments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xFF);
    out.write(0xD8);
    for (Segment segment : segments) {
      if (segment.marker() != 0) {
        int length = segment.content().length + 2;
        out.writeBytes(
            new byte[] {(byte) 0xFF, (byte) segment.marker(), (byte) (length >> 8), (byte) length});
      }
      out.writeBytes(segment.content());
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
