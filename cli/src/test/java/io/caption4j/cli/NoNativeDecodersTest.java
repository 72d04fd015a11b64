package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.align.Aligner;
import io.caption4j.data.ImageLoader;
import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.Encoders;
import io.caption4j.serve.CaptionServer;
import io.caption4j.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing of caption4j hands bytes to the picture decoders of the OpenCV that it computes with,
 * which are years old: see docs/security.md.
 */
class NoNativeDecodersTest {
  private static final List<String> DECODERS =
      List.of(
          "org/bytedeco/opencv/global/opencv_imgcodecs.im(decode|read|count)",
          "org/bytedeco/opencv/(global/)?opencv_(videoio|highgui|dnn)",
          "org/bytedeco/opencv/opencv_core/FileStorage",
          "org/bytedeco/javacv/(FFmpeg|OpenCV)FrameGrabber",
          "org/bytedeco/(ffmpeg|leptonica|libraw)/",
          "org/datavec/image/(loader|recordreader|format)/",
          "org/deeplearning4j/datasets/");

  @ParameterizedTest
  @ValueSource(
      classes = {
        ImageLoader.class,
        Encoders.class,
        Captioner.class,
        Aligner.class,
        Trainer.class,
        CaptionServer.class,
        Main.class
      })
  void areCalledFromNowhere(Class<?> ofModule) {
    Map<String, List<String>> calls = ClassCalls.ofAllBeside(ofModule);
    assertThat(calls).containsKey(ofModule.getName().replace('.', '/') + ".class");
    List<String> decoding = new ArrayList<>();
    calls.forEach(
        (file, ofFile) ->
            ofFile.stream()
                .filter(NoNativeDecodersTest::isDecoder)
                .forEach(call -> decoding.add(file + " calls " + call)));
    assertThat(decoding).isEmpty();
  }

  @Test
  void aCallIsFound() {
    assertThat(ClassCalls.ofAllBeside(NoNativeDecodersTest.class))
        .hasEntrySatisfying(
            NoNativeDecodersTest.class.getName().replace('.', '/') + ".class",
            calls -> assertThat(calls).contains("org/assertj/core/api/Assertions.assertThat"));
    assertThat("org/bytedeco/opencv/global/opencv_imgcodecs.imdecode")
        .matches(NoNativeDecodersTest::isDecoder);
  }

  private static boolean isDecoder(String call) {
    return DECODERS.stream().anyMatch(decoder -> call.matches(decoder + ".*"));
  }
}
