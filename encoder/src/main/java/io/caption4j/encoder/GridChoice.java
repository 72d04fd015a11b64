package io.caption4j.encoder;

import java.util.List;
import java.util.function.Predicate;

/** Where a network is cut if nobody says otherwise. */
final class GridChoice {
  private GridChoice() {}

  /**
   * The network's output if it is a grid, else the last grid, which leaves pooling and classifier
   * off. Where the classifier is a convolution (SqueezeNet, Darknet), that one is left off too: it
   * shows by a softmax at the end and no dense layer after it.
   *
   * @param layers in the order of the network
   * @param output the network's own output
   * @param softmax whether the network ends in class probabilities
   * @param convolution which kinds are convolutions
   * @param dense which kinds are dense layers
   * @param name what messages call the encoder
   * @throws EncoderException if no layer gives features
   */
  static EncoderLayer choose(
      List<EncoderLayer> layers,
      String output,
      boolean softmax,
      Predicate<String> convolution,
      Predicate<String> dense,
      String name) {
    if (layers.isEmpty()) {
      throw new EncoderException(
          "Encoder %s: no layer of it gives a square grid or a vector.".formatted(name));
    }
    int last = lastGrid(layers, layers.size());
    if (last < 0) {
      return layers.get(layers.size() - 1);
    }
    if (isGridOrTokens(layers, output)) {
      return named(layers, output);
    }
    boolean denseAfter =
        layers.subList(last, layers.size()).stream().map(EncoderLayer::kind).anyMatch(dense);
    if (softmax && !denseAfter) {
      for (int i = last; i >= 0; i--) {
        if (convolution.test(layers.get(i).kind())) {
          last = Math.max(0, lastGrid(layers, i));
          break;
        }
      }
    }
    return layers.get(last);
  }

  private static EncoderLayer named(List<EncoderLayer> layers, String name) {
    return layers.stream().filter(l -> l.name().equals(name)).findFirst().orElse(null);
  }

  private static boolean isGridOrTokens(List<EncoderLayer> layers, String name) {
    EncoderLayer layer = named(layers, name);
    return layer != null && layer.gridSize() > 1;
  }

  /** The last grid of more than one position before a place; -1 if there is none. */
  private static int lastGrid(List<EncoderLayer> layers, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (layers.get(i).gridSize() > 1) {
        return i;
      }
    }
    return -1;
  }
}
