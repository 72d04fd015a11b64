package io.caption4j.data.metadata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** EXIF, XMP and IPTC in the application segments of a JPEG. */
final class JpegMetadata implements Described {
  private static final byte[] EXIF = JpegSegment.latin("Exif\0\0");
  private static final byte[] XMP = JpegSegment.latin("http://ns.adobe.com/xap/1.0/\0");
  private static final byte[] PHOTOSHOP = JpegSegment.latin("Photoshop 3.0\0");
  private static final String NO_ROOM = "its %s has no room for a description";

  @Override
  public String read(byte[] file) {
    List<JpegSegment> segments = JpegSegment.of(file);
    for (JpegSegment segment : segments) {
      if (segment.is(0xE1, XMP)) {
        byte[] packet = segment.after(XMP);
        String text = XmpDescription.read(packet);
        byte[] rest = ExtendedXmp.read(segments, XmpDescription.extension(packet));
        if (text.isEmpty() && rest != null) {
          text = XmpDescription.read(rest);
        }
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    byte[] exif = exif(segments);
    String text = exif == null ? "" : ExifDescription.read(exif);
    byte[] resources = resources(segments);
    return text.isEmpty() && resources != null ? IptcCaption.read(resources) : text;
  }

  @Override
  public byte[] put(byte[] file, String text) {
    List<JpegSegment> before = JpegSegment.of(file);
    List<JpegSegment> segments = new ArrayList<>(before);
    int place = putExif(segments, text);
    place = putXmp(segments, place, text);
    putIptc(segments, place, text);
    MultiPicture.mend(before, segments);
    return JpegSegment.file(segments);
  }

  /** Where XMP belongs if there is none. */
  private static int putExif(List<JpegSegment> segments, String text) {
    int at = index(segments, EXIF);
    byte[] old = exif(segments);
    int width = frame(segments, 3);
    int height = frame(segments, 1);
    boolean single = segments.stream().filter(segment -> segment.is(0xE1, EXIF)).count() <= 1;
    byte[] tiff = single ? ExifDescription.put(old, text, width, height) : null;
    if (tiff != null && tiff.length + EXIF.length <= JpegSegment.MOST) {
      JpegSegment segment = JpegSegment.of(0xE1, EXIF, tiff);
      return set(segments, at, start(segments), segment) + 1;
    }
    if (old != null && !ExifDescription.read(old).isEmpty()) {
      throw new MetadataException(NO_ROOM.formatted("EXIF")); // two that say different things
    }
    return at < 0 ? start(segments) : at + 1;
  }

  /** Where IPTC belongs if there is none. */
  private static int putXmp(List<JpegSegment> segments, int place, String text) {
    int most = JpegSegment.MOST - XMP.length;
    int at = index(segments, XMP);
    byte[] packet = at < 0 ? null : segments.get(at).after(XMP);
    String now = null;
    if (packet != null) {
      String extension = XmpDescription.extension(packet);
      byte[] rest = ExtendedXmp.read(segments, extension);
      if (rest != null && !XmpDescription.read(rest).isEmpty()) {
        now = ExtendedXmp.replace(segments, extension, XmpDescription.without(rest));
        at = index(segments, XMP);
      }
    }
    byte[] described = XmpDescription.put(packet, text, most, now);
    return set(segments, at, place, JpegSegment.of(0xE1, XMP, described)) + 1;
  }

  private static void putIptc(List<JpegSegment> segments, int place, String text) {
    byte[] resources = IptcCaption.put(resources(segments), text);
    if (resources == null) {
      return; // not what they should be: better left alone
    }
    int at = place;
    for (int i = segments.size() - 1; i >= 0; i--) {
      if (segments.get(i).is(0xED, PHOTOSHOP)) {
        segments.remove(i);
        at = i;
      }
    }
    int most = JpegSegment.MOST - PHOTOSHOP.length;
    for (int from = 0; from < resources.length; from += most) {
      byte[] part = Arrays.copyOfRange(resources, from, Math.min(resources.length, from + most));
      segments.add(at++, JpegSegment.of(0xED, PHOTOSHOP, part));
    }
  }

  /** Two bytes of the frame header: its height at 1, its width at 3. */
  private static int frame(List<JpegSegment> segments, int at) {
    for (JpegSegment segment : segments) {
      int marker = segment.marker();
      boolean tables = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
      if (marker >= 0xC0 && marker <= 0xCF && !tables && segment.content().length > at + 1) {
        return (segment.content()[at] & 0xFF) << 8 | segment.content()[at + 1] & 0xFF;
      }
    }
    throw new MetadataException("it is a damaged JPEG");
  }

  /** What several segments hold together; null if there is none. */
  private static byte[] exif(List<JpegSegment> segments) {
    return joined(segments, 0xE1, EXIF);
  }

  private static byte[] resources(List<JpegSegment> segments) {
    return joined(segments, 0xED, PHOTOSHOP);
  }

  private static byte[] joined(List<JpegSegment> segments, int marker, byte[] begin) {
    byte[] all = null;
    for (JpegSegment segment : segments) {
      if (segment.is(marker, begin)) {
        byte[] part = segment.after(begin);
        all = all == null ? part : JpegSegment.joined(all, part);
      }
    }
    return all;
  }

  private static int set(List<JpegSegment> segments, int at, int place, JpegSegment segment) {
    if (at >= 0) {
      segments.set(at, segment);
      return at;
    }
    segments.add(place, segment);
    return place;
  }

  private static int index(List<JpegSegment> segments, byte[] begin) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).is(0xE1, begin)) {
        return i;
      }
    }
    return -1;
  }

  /** After JFIF's own segments, which come first. */
  private static int start(List<JpegSegment> segments) {
    int at = 0;
    while (segments.get(at).marker() == 0xE0) {
      at++;
    }
    return at;
  }
}
