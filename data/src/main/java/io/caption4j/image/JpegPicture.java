package io.caption4j.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A JPEG: baseline or progressive, of grey, YCbCr, RGB, CMYK or YCCK with 8 bits a sample. */
record JpegPicture(JpegSegments segments, JpegFrame frame) implements EncodedPicture {
  /** Each scan goes over the whole picture, so that many of a few bytes would take hours. */
  private static final int MOST_SCANS = 200;

  static JpegPicture of(byte[] encoded) throws IOException {
    JpegSegments segments = JpegSegments.of(encoded);
    return new JpegPicture(segments, JpegFrame.of(encoded, segments.frame()));
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.JPEG;
  }

  @Override
  public int width() {
    return frame.width();
  }

  @Override
  public int height() {
    return frame.height();
  }

  @Override
  public int orientation() {
    return segments.orientation();
  }

  @Override
  public boolean complete() {
    return JpegStructure.complete(ByteBuffer.wrap(segments.bytes()));
  }

  @Override
  public Bitmap decode() throws IOException {
    frame.checkSupported();
    if (frame.progressive()) {
      int scans = JpegStructure.scans(ByteBuffer.wrap(segments.bytes()));
      if (scans > MOST_SCANS) {
        throw new IOException("it has %d scans; expected %d at most".formatted(scans, MOST_SCANS));
      }
    }
    Optional<ColourProfile> profile = ColourProfile.of(segments.profile());
    return switch (frame.components()) {
      case 1 -> {
        Bitmap grey = Bitmap.grey(width(), height(), JpegDecoder.samples(segments.bare(0), frame));
        yield profile.map(found -> found.grey(grey)).orElse(grey);
      }
      case 3 -> {
        Bitmap rgb = colours();
        yield profile.map(found -> found.rgb(rgb)).orElse(rgb);
      }
      default -> {
        byte[] inks = JpegDecoder.samples(segments.bare(0), frame);
        boolean ycck = segments.adobe() > 0;
        JpegInks.straighten(inks, ycck);
        yield profile
            .flatMap(found -> found.inks(width(), height(), inks))
            .orElseGet(() -> JpegInks.rgb(width(), height(), inks));
      }
    };
  }

  private Bitmap colours() throws IOException {
    boolean ycc = frame.ycc(segments.jfif(), segments.adobe());
    if (!ycc || !frame.halfHeightChroma()) {
      byte[] rgb = JpegDecoder.samples(segments.bare(ycc ? 1 : 0), frame);
      return new Bitmap(width(), height(), rgb);
    }
    // As if it were RGB: the JDK repeats rows of chroma that others interpolate.
    byte[] samples = JpegDecoder.samples(segments.bare(0), frame);
    return new Bitmap(width(), height(), VerticalChroma.rgb(samples, width(), height(), frame));
  }
}
