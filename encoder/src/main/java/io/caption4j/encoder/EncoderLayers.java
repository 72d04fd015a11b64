package io.caption4j.encoder;

import java.util.List;

/**
 * The layers of an encoder.
 *
 * @param layers in the order of the network
 * @param usual where it is cut if nobody says otherwise
 * @param size side of the pictures that it takes, in pixels; 0 for any
 */
public record EncoderLayers(List<EncoderLayer> layers, EncoderLayer usual, int size) {
  /** Copies the list. */
  public EncoderLayers {
    layers = List.copyOf(layers);
  }
}
