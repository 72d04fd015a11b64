package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaAverageTest {
  @ParameterizedTest
  @CsvSource({
    "500, 375, 224, 224",
    "640, 480, 224, 224",
    "375, 500, 224, 224",
    "225, 300, 224, 224",
    "224, 900, 224, 224",
    "1000, 224, 224, 224",
    "448, 448, 224, 224", // blocks of 2 x 2
    "672, 448, 224, 224", // of 3 x 2
    "896, 224, 224, 224", // of 4 x 1
    "1333, 777, 224, 224",
    "300, 300, 299, 1",
    "7, 5, 1, 1",
    "3, 2, 2, 1",
    "1, 9, 1, 4"
  })
  void isOpenCvs(int width, int height, int newWidth, int newHeight) {
    byte[] rgb = new byte[3 * width * height];
    new Random(width * 31L + height).nextBytes(rgb);

    assertSame(rgb, width, height, newWidth, newHeight);
  }

  @Test
  void isOpenCvsAtAnySize() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      int width = 1 + random.nextInt(120);
      int height = 1 + random.nextInt(120);
      int newWidth = 1 + random.nextInt(width);
      int newHeight = 1 + random.nextInt(height);
      byte[] rgb = new byte[3 * width * height];
      random.nextBytes(rgb);

      assertSame(rgb, width, height, newWidth, newHeight);
    }
  }

  /** To the bit on x86; where OpenCV multiplies and adds in one step, a few round the other way. */
  private static void assertSame(byte[] rgb, int width, int height, int newWidth, int newHeight) {
    byte[] ours = AreaAverage.shrink(rgb, width, height, newWidth, newHeight);
    byte[] openCv = openCv(rgb, width, height, newWidth, newHeight);
    String sizes = "%d x %d to %d x %d".formatted(width, height, newWidth, newHeight);
    if (System.getProperty("os.arch").equals("amd64")) {
      assertThat(ours).as(sizes).isEqualTo(openCv);
      return;
    }
    assertThat(ours).as(sizes).hasSameSizeAs(openCv);
    for (int i = 0; i < ours.length; i++) {
      assertThat((ours[i] & 0xFF) - (openCv[i] & 0xFF)).as(sizes).isBetween(-1, 1);
    }
  }

  @SuppressWarnings({"try", "unchecked"}) // the scope frees what is made in it
  private static byte[] openCv(byte[] rgb, int width, int height, int newWidth, int newHeight) {
    try (PointerScope scope = new PointerScope()) {
      Mat from = new Mat(height, width, CV_8UC3, new BytePointer(rgb)); // (H, W, 3)
      Mat to = new Mat(newHeight, newWidth, CV_8UC3); // (H', W', 3)
      resize(from, to, new Size(newWidth, newHeight), 0, 0, INTER_AREA);
      byte[] shrunk = new byte[3 * newWidth * newHeight];
      to.data().get(shrunk);
      return shrunk;
    }
  }
}
