package io.caption4j.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The formats that are read, and the names of some that are not, told by a file's first bytes. */
public enum PictureFormat {
  JPEG("JPEG"),
  PNG("PNG"),
  GIF("GIF"),
  WEBP("WebP"),
  BMP("BMP"),
  TIFF("TIFF");

  /** The formats as a sentence lists them. */
  public static final String ALL = "JPEG, PNG, GIF, WebP, BMP or TIFF";

  private static final int LONGEST = 16;
  private static final Map<String, PictureFormat> STARTS = starts();
  private static final Map<String, String> OTHERS = others();

  private final String title;

  PictureFormat(String title) {
    this.title = title;
  }

  /** The format of an encoded picture, empty if it is none of these. */
  public static Optional<PictureFormat> of(byte[] encoded) {
    String start = start(encoded);
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    }
    return match(STARTS, start);
  }

  /** The name of a format that is not read, such as "HEIC", empty if it is not known either. */
  static Optional<String> other(byte[] encoded) {
    String start = start(encoded);
    return start.startsWith("ftyp", 4) && start.length() >= 12
        ? Optional.of(brand(start.substring(8, 12)))
        : match(OTHERS, start);
  }

  private static <T> Optional<T> match(Map<String, T> starts, String start) {
    return starts.entrySet().stream()
        .filter(entry -> start.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String start(byte[] encoded) {
    int shown = Math.min(encoded.length, LONGEST);
    return new String(encoded, 0, shown, StandardCharsets.ISO_8859_1);
  }

  /** What a file of ISO/IEC 14496-12 holds, by its major brand. */
  private static String brand(String brand) {
    return switch (brand) {
      case "avif", "avis" -> "AVIF";
      case "heic", "heix", "heim", "heis", "hevc", "hevx" -> "HEIC";
      case "mif1", "msf1" -> "HEIF";
      case "crx " -> "Canon raw";
      case "qt  " -> "QuickTime film";
      default -> "MP4 film";
    };
  }

  private static Map<String, PictureFormat> starts() {
    Map<String, PictureFormat> starts = new LinkedHashMap<>();
    starts.put("\u00FF\u00D8\u00FF", JPEG);
    starts.put("\u0089PNG\r\n\u001A\n", PNG);
    starts.put("GIF87a", GIF);
    starts.put("GIF89a", GIF);
    starts.put("BM", BMP);
    starts.put("II*\0", TIFF);
    starts.put("MM\0*", TIFF);
    starts.put("II+\0", TIFF);
    starts.put("MM\0+", TIFF);
    return starts;
  }

  private static Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>();
    others.put("\u00FF\n", "JPEG XL");
    others.put("\0\0\0\fJXL \r\n\u0087\n", "JPEG XL");
    others.put("\0\0\0\fjP  \r\n\u0087\n", "JPEG 2000");
    others.put("\u00FF\u004F\u00FF\u0051", "JPEG 2000");
    others.put("8BPS", "Photoshop");
    others.put("\0\0\1\0", "Windows icon");
    others.put("\0\0\2\0", "Windows cursor");
    others.put("%PDF-", "PDF");
    others.put("%!PS", "PostScript");
    others.put("<svg", "SVG");
    others.put("<?xml", "XML or SVG");
    others.put("qoif", "QOI");
    others.put("FUJIFILMCCD-RAW", "Fujifilm raw");
    others.put("IIRO", "Olympus raw");
    others.put("IIU\0", "Panasonic raw");
    others.put("II\u00BC\u0001", "JPEG XR");
    others.put("v/1\u0001", "OpenEXR");
    others.put("#?RADIANCE", "Radiance HDR");
    others.put("DDS ", "DirectDraw Surface");
    others.put("gimp xcf", "GIMP");
    others.put("AT&TFORM", "DjVu");
    others.put("\u0089JNG\r\n\u001A\n", "JNG");
    others.put("\u008AMNG\r\n\u001A\n", "MNG");
    for (int kind = 1; kind <= 7; kind++) {
      others.put("P" + kind + "\n", "PNM");
      others.put("P" + kind + " ", "PNM");
    }
    return others;
  }

  @Override
  public String toString() {
    return title;
  }
}
