package io.caption4j.encoder;

import io.caption4j.data.Pixels;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How a picture becomes a network's input: resized to size x size without keeping its aspect ratio,
 * then (pixel - mean) / deviation for each channel, channels first.
 *
 * @param size side of the square input, in pixels
 * @param channelOrder RGB or BGR
 * @param mean subtracted from each channel, 0..255, in RGB order
 * @param deviation divided by, positive, in RGB order
 */
public record Preprocessing(int size, ChannelOrder channelOrder, double[] mean, double[] deviation)
    implements Serializable {
  /** The order of an input's channels. */
  public enum ChannelOrder {
    /** Red first. */
    RGB,
    /** Blue first, as Caffe's models have it. */
    BGR
  }

  private static final int CHANNELS = 3;

  /** Checks the ranges. */
  public Preprocessing {
    if (size < 1 || channelOrder == null) {
      throw new IllegalArgumentException(
          "Expected a size of at least 1 and a channel order, found %d and %s."
              .formatted(size, channelOrder));
    }
    if (mean.length != CHANNELS || deviation.length != CHANNELS) {
      throw new IllegalArgumentException(
          "Expected a mean and a deviation for each of 3 channels, found %s and %s."
              .formatted(Arrays.toString(mean), Arrays.toString(deviation)));
    }
    for (double value : deviation) {
      if (!(value > 0)) {
        throw new IllegalArgumentException(
            "Expected positive deviations, found " + Arrays.toString(deviation));
      }
    }
    mean = mean.clone();
    deviation = deviation.clone();
  }

  /** The same mean and deviation for all channels, red first. */
  public static Preprocessing rgb(int size, double mean, double deviation) {
    return new Preprocessing(
        size,
        ChannelOrder.RGB,
        new double[] {mean, mean, mean},
        new double[] {deviation, deviation, deviation});
  }

  /**
   * Reads a JSON of size, order, mean and deviation, or Hugging Face's preprocessor_config.json.
   *
   * @param size of the pictures if the file has none, in pixels; 0 for no size
   * @throws EncoderException if it cannot be read or says something else
   */
  public static Preprocessing read(Path file, int size) {
    return PreprocessingSource.read(file, size);
  }

  @Override
  public double[] mean() {
    return mean.clone();
  }

  @Override
  public double[] deviation() {
    return deviation.clone();
  }

  /** Floats of one prepared picture, 3 x size x size. */
  public int length() {
    return CHANNELS * size * size;
  }

  /**
   * Prepares a picture; one of another size is resized first.
   *
   * @param picture any picture
   * @param target receives (3, size, size) floats from its start
   */
  public void prepare(Pixels picture, float[] target) {
    prepare(picture, FloatBuffer.wrap(target), 0, false);
  }

  /**
   * The same into a buffer. Several threads may fill one buffer.
   *
   * @param offset of the picture in it, in floats
   * @param channelsLast (size, size, 3) instead of (3, size, size)
   */
  void prepare(Pixels picture, FloatBuffer target, int offset, boolean channelsLast) {
    byte[] rgb = resize(picture).rgb(); // (size, size, 3)
    int plane = size * size;
    int step = channelsLast ? CHANNELS : 1; // from one position to the next
    for (int c = 0; c < CHANNELS; c++) {
      float[] value = table(c);
      int channel = channelOrder == ChannelOrder.RGB ? c : CHANNELS - 1 - c;
      int to = offset + channel * (channelsLast ? 1 : plane);
      for (int p = 0, from = c; p < plane; p++, from += CHANNELS, to += step) {
        target.put(to, value[rgb[from] & 0xff]);
      }
    }
  }

  /** The picture at the network's size; the picture itself if it has it already. */
  public Pixels resize(Pixels picture) {
    return picture.width() == size && picture.height() == size
        ? picture
        : picture.resize(size, size);
  }

  // A channel has 256 values only, so they are worked out once.
  private float[] table(int channel) {
    float[] table = new float[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) ((i - mean[channel]) / deviation[channel]);
    }
    return table;
  }

  /** All settings in one line that is the same on every machine, for the encoder's hash. */
  String canonical() {
    return "resize=stretch size=%d order=%s mean=%s deviation=%s"
        .formatted(size, channelOrder, Arrays.toString(mean), Arrays.toString(deviation));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Preprocessing that && canonical().equals(that.canonical());
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  @Override
  public String toString() {
    return "Preprocessing[" + canonical() + "]";
  }
}
