package io.caption4j.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** The first page of a TIFF or BigTIFF with samples of 1 to 16 bits, by TwelveMonkeys' decoder. */
record TiffPicture(byte[] encoded, TiffDirectory directory) implements EncodedPicture {
  /** None, CCITT (three kinds), LZW, JPEG (old and new), Deflate, PackBits (the last ones). */
  private static final Set<Long> COMPRESSIONS =
      Set.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 32771L, 32773L, 32946L);

  private static final Map<Long, String> OTHERS =
      Map.of(
          34661L,
          "JBIG",
          34712L,
          "JPEG 2000",
          34887L,
          "LERC",
          34925L,
          "LZMA",
          50000L,
          "Zstandard",
          50001L,
          "WebP",
          50002L,
          "JPEG XL");

  static TiffPicture of(byte[] encoded) throws IOException {
    return new TiffPicture(encoded, TiffDirectory.of(encoded));
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.TIFF;
  }

  @Override
  public int width() {
    return side(TiffDirectory.WIDTH, 0);
  }

  @Override
  public int height() {
    return side(TiffDirectory.HEIGHT, 0);
  }

  @Override
  public int orientation() {
    int found = Exif.valid(directory.first(TiffDirectory.ORIENTATION, Exif.UPRIGHT));
    return found == Exif.NONE ? Exif.UPRIGHT : found;
  }

  /** A tile or a strip is held as a whole. */
  @Override
  public long pixels() {
    long picture = (long) width() * height();
    long tile = (long) side(TiffDirectory.TILE_WIDTH, width()) * side(TiffDirectory.TILE_HEIGHT, 1);
    return Math.max(picture, tile);
  }

  /** One that no array can hold counts as the most, which is over any limit. */
  private int side(int tag, int otherwise) {
    long value = directory.first(tag, otherwise);
    return (int) (value < 0 ? Integer.MAX_VALUE : Math.min(value, Integer.MAX_VALUE));
  }

  @Override
  public Bitmap decode() throws IOException {
    checkSupported();
    ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
    try (ByteArrayInput in = new ByteArrayInput(directory.alone(encoded))) {
      reader.setInput(in, false, true);
      ImageReadParam param = reader.getDefaultReadParam();
      param.setDestinationType(reader.getRawImageType(0));
      BufferedImage image = reader.read(0, param);
      if (image.getWidth() != width() || image.getHeight() != height()) {
        throw new IOException("its decoder gave a picture of another size");
      }
      return new TiffColours(directory).rgb(image);
    } catch (OutOfMemoryError e) {
      throw new IOException("it claims more than there is memory for", e);
    } finally {
      reader.dispose();
    }
  }

  private void checkSupported() throws UnsupportedPictureException {
    long[] bits = directory.all(TiffDirectory.BITS);
    boolean depth =
        Arrays.stream(bits).allMatch(each -> each == bits[0])
            && (bits.length == 0 || bits[0] <= 8 || bits[0] == 16);
    boolean integers =
        Arrays.stream(directory.all(TiffDirectory.SAMPLE_FORMAT)).allMatch(f -> f == 1 || f == 4);
    if (!depth || !integers) {
      throw new UnsupportedPictureException(
          "is a TIFF of %s bits a sample%s; expected integers of 1 to 16 bits without a sign"
              .formatted(Arrays.toString(bits), integers ? "" : " with a sign or a point"));
    }
    long compression = directory.first(TiffDirectory.COMPRESSION, 1);
    if (!COMPRESSIONS.contains(compression)) {
      throw new UnsupportedPictureException(
          "is a TIFF with compression "
              + OTHERS.getOrDefault(compression, Long.toString(compression))
              + ", which is not read; expected none, CCITT, LZW, JPEG, Deflate or PackBits");
    }
    String colours =
        switch ((int) directory.first(TiffDirectory.PHOTOMETRIC, -1)) {
          case -1, 0, 1, 2, 3, 5, 6 -> null;
          case 8, 9, 10 -> "CIELAB";
          case 32803 -> "a camera's raw data";
          case 34892 -> "linear raw data";
          default -> "an unknown kind";
        };
    if (colours != null) {
      throw new UnsupportedPictureException(
          "is a TIFF with colours of "
              + colours
              + "; expected grey, RGB, YCbCr, CMYK or a palette");
    }
  }
}
