package io.caption4j.encoder;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where EfficientNet-Lite0 is cut in two for partial retraining: the last K of its 16 blocks and
 * the top convolution are trained, what lies below stays frozen. Frozen activations at the cut
 * never change, so they are worked out once a picture ({@link Encoders#below}) and cached; {@link
 * EncoderTail} is the rest.
 *
 * @param blocks K, the number of trained blocks, 1..16
 */
public record EncoderCut(int blocks) {
  /** The number of blocks there are. */
  public static final int MAX_BLOCKS = Lite0Block.ALL.size();

  /** Checks the range. */
  public EncoderCut {
    if (blocks < 1 || blocks > MAX_BLOCKS) {
      throw new EncoderException(
          "Expected 1 to %d unfrozen encoder blocks, found %d.".formatted(MAX_BLOCKS, blocks));
    }
  }

  /** The layer or sum at the cut, the last frozen one: block6d_add for K = 1. */
  public String layer() {
    return firstTrained().input();
  }

  /** Channels of the activations at the cut, C'. */
  public int channels() {
    return firstTrained().channelsIn();
  }

  /** Rows and columns of the activations at the cut, R', for pictures of 224 x 224. */
  public int gridSize() {
    return Lite0Files.PREPROCESSING.size() / firstTrained().reduction();
  }

  /** The lowest trained block: block7a for K = 1. */
  public String firstBlock() {
    return firstTrained().name();
  }

  /** The names of the trained layers, from the cut up; the last is top_conv. */
  public List<String> trainedLayers() {
    return Stream.concat(
            trained().stream().flatMap(block -> block.layers().stream()),
            Stream.of(EfficientNetLite0.OUTPUT))
        .toList();
  }

  /** The names of the frozen layers, from the picture up to the cut. */
  public List<String> frozenLayers() {
    return Stream.concat(
            Stream.of(Lite0Block.STEM), frozen().stream().flatMap(block -> block.layers().stream()))
        .toList();
  }

  /** The name of the part below the cut, for its caches: efficientnet-lite0-below-block7a. */
  public String lowerName() {
    return Encoders.EFFICIENTNET_LITE0 + "-below-" + firstBlock();
  }

  /** The blocks above the cut. */
  List<Lite0Block> trained() {
    return Lite0Block.ALL.subList(MAX_BLOCKS - blocks, MAX_BLOCKS);
  }

  /** The blocks below the cut. */
  List<Lite0Block> frozen() {
    return Lite0Block.ALL.subList(0, MAX_BLOCKS - blocks);
  }

  /** The weights of these layers: two tensors each. */
  static List<String> tensors(List<String> layers) {
    return layers.stream().flatMap(name -> Stream.of(name + ".weight", name + ".bias")).toList();
  }

  private Lite0Block firstTrained() {
    return trained().get(0);
  }
}
