package io.caption4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;

/** What the samples of a decoded TIFF mean. */
record TiffColours(TiffDirectory directory) {
  private static final int PALETTE = 3;
  private static final int CMYK = 5;

  /** The picture on white, in sRGB. */
  Bitmap rgb(BufferedImage image) throws IOException {
    Optional<ColourProfile> profile = ColourProfile.of(directory.profile());
    if (image.getColorModel() instanceof IndexColorModel palette) {
      Bitmap picture = indexed(image.getRaster(), palette);
      return profile.map(found -> found.rgb(picture)).orElse(picture);
    }
    if (directory.first(TiffDirectory.PHOTOMETRIC, 1) == PALETTE) {
      return modelled(image, profile);
    }
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int colours = directory.first(TiffDirectory.PHOTOMETRIC, 1) == CMYK ? 4 : bands < 3 ? 1 : 3;
    if (bands < colours) {
      throw new IOException("it has " + bands + " samples a pixel");
    }
    byte[] samples = samples(raster, colours);
    Bitmap picture = converted(samples, colours, raster.getWidth(), raster.getHeight(), profile);
    return alpha(raster, colours, picture);
  }

  private static Bitmap converted(
      byte[] samples, int colours, int width, int height, Optional<ColourProfile> profile) {
    if (colours == 1) {
      Bitmap grey = Bitmap.grey(width, height, samples);
      return profile.map(found -> found.grey(grey)).orElse(grey);
    } else if (colours == 3) {
      Bitmap rgb = new Bitmap(width, height, samples);
      return profile.map(found -> found.rgb(rgb)).orElse(rgb);
    }
    return profile
        .flatMap(found -> found.inks(width, height, samples))
        .orElseGet(() -> JpegInks.rgb(width, height, samples));
  }

  /** A palette with a further sample a pixel, by the decoder's own model of colours. */
  private static Bitmap modelled(BufferedImage image, Optional<ColourProfile> profile) {
    int width = image.getWidth();
    byte[] rgb = Bitmap.bytes(width, image.getHeight());
    byte[] alpha = new byte[rgb.length / 3];
    Object pixel = null;
    for (int i = 0; i < alpha.length; i++) {
      pixel = image.getRaster().getDataElements(i % width, i / width, pixel);
      int argb = image.getColorModel().getRGB(pixel);
      alpha[i] = (byte) (argb >> 24);
      rgb[3 * i] = (byte) (argb >> 16);
      rgb[3 * i + 1] = (byte) (argb >> 8);
      rgb[3 * i + 2] = (byte) argb;
    }
    Bitmap picture = new Bitmap(width, image.getHeight(), rgb);
    return PngColours.onWhite(profile.map(found -> found.rgb(picture)).orElse(picture), alpha);
  }

  private static Bitmap indexed(Raster raster, IndexColorModel palette) {
    byte[] rgb = Bitmap.bytes(raster.getWidth(), raster.getHeight());
    int[] row = null;
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      row = raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int index : row) {
        int colour = palette.getRGB(index);
        rgb[to++] = (byte) (colour >> 16);
        rgb[to++] = (byte) (colour >> 8);
        rgb[to++] = (byte) colour;
      }
    }
    return new Bitmap(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static byte[] samples(Raster raster, int colours) {
    int most = most(raster);
    int bands = raster.getNumBands();
    byte[] samples =
        new byte
            [Math.multiplyExact(
                colours, Math.multiplyExact(raster.getWidth(), raster.getHeight()))];
    int[] row = null;
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      row = raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        for (int i = 0; i < colours; i++) {
          samples[to++] = (byte) ((row[at + i] * 255L + most / 2) / most);
        }
      }
    }
    return samples;
  }

  /** Lays it on white if the sample after the colours is alpha, associated (1) or not (2). */
  private Bitmap alpha(Raster raster, int colours, Bitmap picture) {
    long kind = directory.first(TiffDirectory.EXTRA_SAMPLES, 0);
    if (raster.getNumBands() <= colours || kind != 1 && kind != 2) {
      return picture;
    }
    int most = most(raster);
    byte[] rgb = picture.rgb();
    int[] row = null;
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      row = raster.getSamples(0, y, raster.getWidth(), 1, colours, row);
      for (int sample : row) {
        int alpha = (int) ((sample * 255L + most / 2) / most);
        for (int i = 0; i < 3; i++, to++) {
          int colour = Byte.toUnsignedInt(rgb[to]);
          rgb[to] =
              kind == 1
                  ? (byte) Math.min(255, colour + 255 - alpha)
                  : Bitmap.onWhite(colour, alpha);
        }
      }
    }
    return picture;
  }

  private static int most(Raster raster) {
    return raster.getTransferType() == DataBuffer.TYPE_USHORT
        ? 65535
        : (1 << raster.getSampleModel().getSampleSize(0)) - 1;
  }
}
