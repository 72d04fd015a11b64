package io.caption4j.encoder;

/**
 * A layer that an encoder can be cut at.
 *
 * @param name for {@code --layer}
 * @param kind what it does, for people: Conv, ConvolutionLayer, ...
 * @param channels of its output, C
 * @param gridSize rows and columns of its output, R; 1 for a vector
 */
public record EncoderLayer(String name, String kind, int channels, int gridSize) {}
