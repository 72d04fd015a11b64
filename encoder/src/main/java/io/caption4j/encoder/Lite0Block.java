package io.caption4j.encoder;

import java.util.ArrayList;
import java.util.List;

/**
 * One of EfficientNet-Lite0's 16 inverted residual blocks (MobileNetV2, arXiv:1801.04381): a
 * pointwise convolution that expands, a depthwise one, a pointwise one that projects, and, where
 * input and output have the same shape, their sum. Needs no DL4J.
 *
 * @param name Keras' name: block1a, block2a, block2b, ...
 * @param input the name of the layer or sum that it reads
 * @param kernel side of the depthwise convolution
 * @param stride of the depthwise convolution
 * @param expansion factor of the first convolution; 1 if there is none
 * @param channelsIn channels that it reads
 * @param channels channels that it gives
 * @param reduction pixels of the picture per position of what it reads, along a side
 */
record Lite0Block(
    String name,
    String input,
    int kernel,
    int stride,
    int expansion,
    int channelsIn,
    int channels,
    int reduction) {
  /** The convolution below the first block. */
  static final String STEM = "stem_conv";

  static final int STEM_CHANNELS = 32;
  static final int STEM_STRIDE = 2;

  /** Channels of the last block. */
  static final int BLOCKS_CHANNELS = 320;

  /** Channels of the features. */
  static final int TOP_CHANNELS = 1280;

  /** One stage of alike blocks; its stride is that of its first block. */
  private record Stage(int kernel, int stride, int expansion, int channels, int blocks) {}

  /** Table 1 of the EfficientNet paper, rows 2 to 8. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage(3, 1, 1, 16, 1),
          new Stage(3, 2, 6, 24, 2),
          new Stage(5, 2, 6, 40, 2),
          new Stage(3, 2, 6, 80, 3),
          new Stage(5, 1, 6, 112, 3),
          new Stage(5, 2, 6, 192, 4),
          new Stage(3, 1, 6, BLOCKS_CHANNELS, 1));

  /** All 16, from the picture up. */
  static final List<Lite0Block> ALL = all();

  /** Channels between the first two convolutions. */
  int expanded() {
    return channelsIn * expansion;
  }

  /** The name of the expanding convolution; used only if {@link #expansion} is above 1. */
  String expand() {
    return name + "_expand_conv";
  }

  /** The name of the depthwise convolution. */
  String depthwise() {
    return name + "_dwconv";
  }

  /** The name of the projecting convolution. */
  String project() {
    return name + "_project_conv";
  }

  /** Whether the input is added to the output. */
  boolean residual() {
    return stride == 1 && channelsIn == channels;
  }

  /** The name of what it gives: the sum, or the projecting convolution where there is none. */
  String output() {
    return residual() ? name + "_add" : project();
  }

  /** The names of its convolutions, in order. */
  List<String> layers() {
    return expansion > 1
        ? List.of(expand(), depthwise(), project())
        : List.of(depthwise(), project());
  }

  private static List<Lite0Block> all() {
    List<Lite0Block> blocks = new ArrayList<>();
    String last = STEM;
    int channels = STEM_CHANNELS;
    int reduction = STEM_STRIDE;
    for (int s = 0; s < STAGES.size(); s++) {
      Stage stage = STAGES.get(s);
      for (int b = 0; b < stage.blocks(); b++) {
        int stride = b == 0 ? stage.stride() : 1;
        Lite0Block block =
            new Lite0Block(
                "block" + (s + 1) + (char) ('a' + b),
                last,
                stage.kernel(),
                stride,
                stage.expansion(),
                channels,
                stage.channels(),
                reduction);
        blocks.add(block);
        last = block.output();
        channels = stage.channels();
        reduction *= stride;
      }
    }
    return List.copyOf(blocks);
  }
}
