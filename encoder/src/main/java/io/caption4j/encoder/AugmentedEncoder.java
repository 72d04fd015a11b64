package io.caption4j.encoder;

import io.caption4j.data.Augmentation;
import io.caption4j.data.Pixels;
import io.caption4j.data.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Encodes a variant of each picture, mirrored or cropped, for training on more than the pictures
 * there are. Its name and hash are its own, so that the feature cache keeps variants apart.
 *
 * <p>A crop is cut out of the picture at the size where the smallest crop still fills the network's
 * input, 280 x 280 for 224 x 224, and then resized as usual: no crop is enlarged.
 */
public final class AugmentedEncoder implements ImageEncoder {
  private final ImageEncoder encoder;
  private final Augmentation augmentation;
  private final long seed;

  private AugmentedEncoder(ImageEncoder encoder, Augmentation augmentation, long seed) {
    this.encoder = encoder;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /**
   * Wraps an encoder.
   *
   * @param encoder what encodes the variant; several variants may share it, and closing one closes
   *     it for all
   * @param augmentation which variant
   * @param seed of the crop's place; a mirrored picture does not depend on it
   * @return the encoder itself for {@link Augmentation#NONE}
   */
  public static ImageEncoder of(ImageEncoder encoder, Augmentation augmentation, long seed) {
    return augmentation == Augmentation.NONE
        ? encoder
        : new AugmentedEncoder(encoder, augmentation, seed);
  }

  /** The encoder's name and the variant's: efficientnet-lite0-flip, efficientnet-lite0-crop. */
  @Override
  public String name() {
    return encoder.name() + "-" + augmentation.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** SHA-256 of the encoder's hash, the variant, and for crops the seed. */
  @Override
  public String hash() {
    String text =
        "%s %s%s"
            .formatted(
                encoder.hash(),
                augmentation.canonical(),
                augmentation.crops() ? " seed=" + seed : "");
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** That of the encoder; the variant is made before it. */
  @Override
  public Preprocessing preprocessing() {
    return encoder.preprocessing();
  }

  @Override
  public int channels() {
    return encoder.channels();
  }

  @Override
  public int gridSize() {
    return encoder.gridSize();
  }

  /** The picture before the variant is made of it, so a little larger where that crops. */
  @Override
  public Pixels resize(Pixels picture) {
    int side = preprocessing().size();
    if (augmentation.crops()) {
      side = (int) Math.ceil(side / Augmentation.SMALLEST_CROP);
    }
    return picture.resize(side, side);
  }

  @Override
  public float[] encodeGrid(List<Pixels> pictures) {
    return encoder.encodeGrid(
        pictures.stream().map(picture -> augmentation.apply(resize(picture), seed)).toList());
  }

  @Override
  public void close() {
    encoder.close();
  }
}
