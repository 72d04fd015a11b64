package io.caption4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.datavec.image.transform.CropImageTransform;
import org.datavec.image.transform.FlipImageTransform;

/**
 * Variants of a picture that keep what it shows, made by DataVec's image transforms. Every variant
 * is a pure function of picture and seed: the same pixels give the same variant in every run.
 */
public enum Augmentation {
  /** The picture as it is. */
  NONE(false, false),
  /** Mirrored left to right. */
  FLIP(true, false),
  /** A window of 80 to 90 % of each side. */
  CROP(false, true),
  /** Another window, mirrored left to right. */
  FLIPPED_CROP(true, true);

  /** The smallest share of a side that a crop keeps. */
  public static final double SMALLEST_CROP = 0.8;

  /** The largest share of a side that a crop keeps. */
  public static final double LARGEST_CROP = 0.9;

  /** OpenCV's code for turning about the vertical axis. */
  private static final int LEFT_TO_RIGHT = 1;

  private final boolean flips;
  private final boolean crops;

  Augmentation(boolean flips, boolean crops) {
    this.flips = flips;
    this.crops = crops;
  }

  /** Whether it cuts margins off. */
  public boolean crops() {
    return crops;
  }

  /** The variant and its settings in one line that is the same on every machine, for hashes. */
  public String canonical() {
    return crops ? "%s=%s..%s".formatted(name(), SMALLEST_CROP, LARGEST_CROP) : name();
  }

  /**
   * Makes the variant.
   *
   * @param picture any picture
   * @param seed of the window's size and place, which follow the picture's content too
   * @return a picture of 80 to 90 % of each side for crops, else of the same size
   */
  public Pixels apply(Pixels picture, long seed) {
    Pixels variant = crops ? crop(picture, seed) : picture;
    // A transform keeps the picture that it has seen, so none is shared.
    return flips ? ImageTransforms.apply(new FlipImageTransform(LEFT_TO_RIGHT), variant) : variant;
  }

  private Pixels crop(Pixels picture, long seed) {
    ByteBuffer draws = ByteBuffer.wrap(digest(picture, seed));
    int width = share(picture.width(), uniform(draws));
    int height = share(picture.height(), uniform(draws));
    int left = (int) (uniform(draws) * (picture.width() - width + 1));
    int top = (int) (uniform(draws) * (picture.height() - height + 1));
    return ImageTransforms.apply(
        new CropImageTransform(
            top, left, picture.height() - height - top, picture.width() - width - left),
        picture);
  }

  private static int share(int side, double draw) {
    return Math.max(
        1, (int) Math.round(side * (SMALLEST_CROP + draw * (LARGEST_CROP - SMALLEST_CROP))));
  }

  // From 0 up to 1, from the digest's next four bytes.
  private static double uniform(ByteBuffer draws) {
    return Integer.toUnsignedLong(draws.getInt()) / (double) (1L << 32);
  }

  // A digest's bits are as good as random ones, and change with every pixel.
  private byte[] digest(Pixels picture, long seed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((canonical() + " seed=" + seed).getBytes(StandardCharsets.UTF_8));
      return digest.digest(picture.rgb());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256.", e);
    }
  }
}
