package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.RowEncoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Region vectors, (R, h), that are drawn at random by the colour of a picture's first pixel. */
class ColourRows implements RowEncoder {
  final int regions;
  final int size;

  /** How many pictures were encoded so far. */
  int encoded;

  String hash = "c0".repeat(32);

  ColourRows(int regions, int size) {
    this.regions = regions;
    this.size = size;
  }

  /** A picture of one colour; 24-bit bitmaps of one size have one length whatever the colour. */
  static Path picture(Path file, int width, int height, int colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, colour);
    }
    String name = file.getFileName().toString();
    try {
      ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** The vectors for a colour, (R, h), as far as halves tell them. */
  float[] vectors(int colour) {
    Random random = new Random(colour * 31L + 7);
    float[] vectors = new float[regions * size];
    for (int i = 0; i < vectors.length; i++) {
      // 11 significant bits and an exponent within the range of a half.
      vectors[i] = Math.scalb(random.nextInt(2049) - 1024, random.nextInt(8) - 9);
    }
    return vectors;
  }

  @Override
  public String name() {
    return "colours";
  }

  @Override
  public String hash() {
    return hash;
  }

  @Override
  public String kind() {
    return "regions";
  }

  @Override
  public long[] rowShape() {
    return new long[] {regions, size};
  }

  @Override
  public float[] encode(List<Pixels> pictures) {
    encoded += pictures.size();
    float[] rows = new float[pictures.size() * regions * size];
    int to = 0;
    for (Pixels picture : pictures) {
      byte[] rgb = picture.rgb();
      int colour = (rgb[0] & 0xff) << 16 | (rgb[1] & 0xff) << 8 | rgb[2] & 0xff;
      System.arraycopy(vectors(colour), 0, rows, to, regions * size);
      to += regions * size;
    }
    return rows;
  }

  /** R boxes, the first the whole picture, the others one pixel lower each. */
  RegionProposer proposer() {
    return (width, height) -> {
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < regions; i++) {
        boxes.add(new Box(0, i % height, width, height - i % height));
      }
      return boxes;
    };
  }
}
