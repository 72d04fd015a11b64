package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
  private static final byte[] RGB = {0, 127, (byte) 255, 1, 2, 3, 10, 20, 30, 4, 5, 6};

  @Test
  void normalisesChannelByChannel() {
    float[] target = new float[12];
    new Preprocessing(
            2,
            Preprocessing.ChannelOrder.RGB,
            new double[] {0, 127, 55},
            new double[] {1, 128, 100})
        .prepare(new Pixels(2, 2, RGB), target);
    assertThat(target)
        .containsExactly(
            0,
            1,
            10,
            4, // red
            0,
            -125 / 128f,
            -107 / 128f,
            -122 / 128f, // green
            2,
            -0.52f,
            -0.25f,
            -0.49f); // blue
  }

  @Test
  void putsBlueFirstForCaffesModels() {
    float[] target = new float[12];
    new Preprocessing(
            2, Preprocessing.ChannelOrder.BGR, new double[] {1, 2, 3}, new double[] {1, 1, 1})
        .prepare(new Pixels(2, 2, RGB), target);
    assertThat(target).containsExactly(252, 0, 27, 3, 125, 0, 18, 3, -1, 0, 9, 3);
  }

  @Test
  void resizesOtherSizesWithoutKeepingTheirAspectRatio() {
    byte[] grey = new byte[3 * 6 * 4];
    java.util.Arrays.fill(grey, (byte) 200);
    float[] target = new float[12];
    Preprocessing.rgb(2, 100, 50).prepare(new Pixels(6, 4, grey), target);
    assertThat(target).containsOnly(2f);
  }

  @Test
  void isEqualByItsValues() {
    assertThat(Preprocessing.rgb(224, 127, 128))
        .isEqualTo(Preprocessing.rgb(224, 127, 128))
        .hasSameHashCodeAs(Preprocessing.rgb(224, 127, 128))
        .isNotEqualTo(Preprocessing.rgb(224, 127, 127));
    assertThat(Preprocessing.rgb(224, 127, 128).canonical())
        .isEqualTo(
            "resize=stretch size=224 order=RGB mean=[127.0, 127.0, 127.0]"
                + " deviation=[128.0, 128.0, 128.0]");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "224, 0", "224, -1", "224, NaN"})
  void refusesValuesOutOfRange(int size, double deviation) {
    assertThatThrownBy(() -> Preprocessing.rgb(size, 0, deviation))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAWrongNumberOfChannels() {
    assertThatThrownBy(
            () ->
                new Preprocessing(
                    8, Preprocessing.ChannelOrder.RGB, new double[1], new double[] {1, 1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0.0]");
  }
}
