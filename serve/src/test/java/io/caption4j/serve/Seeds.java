package io.caption4j.serve;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures of every kind that clients send, as seeds of hostile ones. */
final class Seeds {
  private static final String WEBP =
      "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA="; // 1 x 1, lossy

  private static final String LOSSLESS_WEBP = // 6 x 6
      "UklGRjAAAABXRUJQVlA4TCMAAAAvBUABALkyRPQ/dhHR/4CCtm2YwCl/im+DMCiTEBMA5AL9DwA=";

  private static final String ANIMATED_WEBP = // two frames of 8 x 8
      "UklGRtQAAABXRUJQVlA4WAoAAAASAAAABwAABwAAQU5JTQYAAAAAAAAAAABBTk1GRgAAAAAAAAAAAAcA"
          + "AAcAADIAAAJWUDggLgAAADABAJ0BKggACAACwEwloAADcAD+7kMf/8W/aP723j//+2h//7aH//tof9KA"
          + "AABBTk1GWgAAAAAAAAAAAAcAAAcAADIAAAJBTFBICgAAAAEHULKICERE/wNWUDggMAAAADABAJ0BKggA"
          + "CAACwEwloAADcAD+3UR//8/M//gf/3T4M///Xo//89H//no/xwgAAA==";

  private Seeds() {}

  static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> seeds = new LinkedHashMap<>();
    for (String format : new String[] {"jpg", "png", "gif", "bmp", "tiff"}) {
      seeds.put(format, Pictures.plain(Color.ORANGE, format));
    }
    seeds.put("webp", Base64.getDecoder().decode(WEBP));
    seeds.put("lossless webp", Base64.getDecoder().decode(LOSSLESS_WEBP));
    seeds.put("animated webp", Base64.getDecoder().decode(ANIMATED_WEBP));
    seeds.put("animated gif", animated());
    seeds.put("CMYK jpg", cmyk());
    seeds.put("16-bit png", sixteenBits());
    seeds.put("png with alpha", png(new BufferedImage(9, 9, BufferedImage.TYPE_INT_ARGB)));
    seeds.put("grey jpg", grey());
    seeds.put("gif and script", both(seeds.get("gif"), "<script>alert(1)</script>"));
    seeds.put("jpg and zip", both(seeds.get("jpg"), "PK\u0003\u0004 and more"));
    return seeds;
  }

  /** Headers that claim 50,000 x 50,000 pixels, or the most that the format can. */
  static Map<String, byte[]> bombs() throws IOException {
    Map<String, byte[]> bombs = new LinkedHashMap<>();
    bombs.put("png", Pictures.claiming(50_000, 50_000));
    byte[] gif = Pictures.plain(Color.RED, "gif");
    Arrays.fill(gif, 6, 10, (byte) 0xff);
    bombs.put("gif", gif);
    byte[] bmp = Pictures.plain(Color.RED, "bmp");
    ByteBuffer.wrap(bmp)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putInt(18, 50_000)
        .putInt(22, 50_000);
    bombs.put("bmp", bmp);
    byte[] jpg = Pictures.redJpeg();
    int frame = new String(jpg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    ByteBuffer.wrap(jpg).putShort(frame + 5, (short) 50_000).putShort(frame + 7, (short) 50_000);
    bombs.put("jpg", jpg);
    ByteBuffer webp = ByteBuffer.allocate(64).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    webp.put("RIFF".getBytes()).putInt(56).put("WEBPVP8X".getBytes()).putInt(10).putInt(0);
    webp.put(new byte[] {0x4f, (byte) 0xc3, 0, 0x4f, (byte) 0xc3, 0}); // 50,000 - 1, twice
    bombs.put("webp", webp.array());
    return bombs;
  }

  private static byte[] both(byte[] picture, String text) {
    byte[] tail = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] joined = Arrays.copyOf(picture, picture.length + tail.length);
    System.arraycopy(tail, 0, joined, picture.length, tail.length);
    return joined;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] sixteenBits() throws IOException {
    return png(new BufferedImage(12, 12, BufferedImage.TYPE_USHORT_GRAY));
  }

  private static byte[] grey() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY), "jpg", out);
    return out.toByteArray();
  }

  private static byte[] animated() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int i = 0; i < 40; i++) {
        BufferedImage frame = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        frame.setRGB(i % 8, i / 8, 0xffffff);
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static byte[] cmyk() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    WritableRaster inks = Raster.createInterleavedRaster(0, 16, 16, 4, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(inks, null, null), null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
