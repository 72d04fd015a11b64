package io.caption4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.datavec.image.transform.CropImageTransform;
import org.datavec.image.transform.FlipImageTransform;

/**
 * Variants of a picture that keep what it shows, made by DataVec's image transforms. Every variant
 * is a pure function of picture and seed: the same pixels give the same variant in every run.
 */
public enum Augmentation {
  /** The picture as it is. */
  NONE(false, false, 0),
  /** Mirrored left to right. */
  FLIP(true, false, 0),
  /** A window of 80 to 90 % of each side. */
  CROP(false, true, 0),
  /** Another window, mirrored left to right. */
  FLIPPED_CROP(true, true, 0),
  /** Turned clockwise by 90 degrees. */
  TURN_90(false, false, 1),
  /** Upside down. */
  TURN_180(false, false, 2),
  /** Turned clockwise by 270 degrees. */
  TURN_270(false, false, 3),
  /** Mirrored left to right, then turned clockwise by 90 degrees. */
  FLIPPED_TURN_90(true, false, 1),
  /** Mirrored left to right, then turned upside down. */
  FLIPPED_TURN_180(true, false, 2),
  /** Mirrored left to right, then turned clockwise by 270 degrees. */
  FLIPPED_TURN_270(true, false, 3),
  /** A window, turned clockwise by 90 degrees. */
  CROPPED_TURN_90(false, true, 1),
  /** A window, upside down. */
  CROPPED_TURN_180(false, true, 2),
  /** A window, turned clockwise by 270 degrees. */
  CROPPED_TURN_270(false, true, 3),
  /** A window, mirrored, then turned clockwise by 90 degrees. */
  FLIPPED_CROPPED_TURN_90(true, true, 1),
  /** A window, mirrored, then turned upside down. */
  FLIPPED_CROPPED_TURN_180(true, true, 2),
  /** A window, mirrored, then turned clockwise by 270 degrees. */
  FLIPPED_CROPPED_TURN_270(true, true, 3);

  /** The picture as it is and mirrored. */
  public static final List<Augmentation> MIRRORED = List.of(NONE, FLIP);

  private static final List<Augmentation> AS_IT_IS = List.of(NONE);

  /**
   * The variants that keep up and down where they are: most pictures look like none of the others.
   */
  public static final List<Augmentation> UPRIGHT = List.of(NONE, FLIP, CROP, FLIPPED_CROP);

  /** All variants, for pictures without an up and down, such as those taken from above. */
  public static final List<Augmentation> ALL = List.of(values());

  /** The smallest share of a side that a crop keeps. */
  public static final double SMALLEST_CROP = 0.8;

  /** The largest share of a side that a crop keeps. */
  public static final double LARGEST_CROP = 0.9;

  /** OpenCV's code for turning about the vertical axis. */
  private static final int LEFT_TO_RIGHT = 1;

  private final boolean flips;
  private final boolean crops;
  private final int quarterTurns;

  Augmentation(boolean flips, boolean crops, int quarterTurns) {
    this.flips = flips;
    this.crops = crops;
    this.quarterTurns = quarterTurns;
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
   * @return a picture of 80 to 90 % of each side for crops, else of the same size; a quarter turn
   *     exchanges width and height
   */
  public Pixels apply(Pixels picture, long seed) {
    Pixels variant = crops ? crop(picture, seed) : picture;
    // A transform keeps the picture that it has seen, so none is shared.
    if (flips) {
      variant = ImageTransforms.apply(new FlipImageTransform(LEFT_TO_RIGHT), variant);
    }
    return variant.turn(quarterTurns);
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

  /** The picture as it is, and mirrored if that is wanted. */
  public static List<Augmentation> mirrored(boolean wanted) {
    return wanted ? MIRRORED : AS_IT_IS;
  }

  // A digest's bits are as good as random ones, and change with every pixel.
  private byte[] digest(Pixels picture, long seed) {
    MessageDigest digest = Sha256.newDigest();
    digest.update((canonical() + " seed=" + seed).getBytes(StandardCharsets.UTF_8));
    return digest.digest(picture.rgb());
  }
}
