package io.caption4j.encoder.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.OnnxLibrary;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The bundled SSD: input (N, 3, 300, 300), RGB, pixel / 127.5 - 1; outputs {@code boxes} (N, A, 4)
 * as y1, x1, y2, x2 from 0 to 1, and {@code scores} (N, A, C).
 *
 * @param classes C of them, in the order of the scores
 * @param memory of the input
 */
record SsdForm(ObjectClasses classes, DirectMemory memory) implements DetectorForm {
  private static final String BOXES = "boxes";
  private static final String SCORES = "scores";
  private static final int SIDE = 300;
  private static final int LENGTH = 3 * SIDE * SIDE;
  private static final int TOGETHER = 2; // more are no faster and take 30 MB each
  private static final float SCALE = 0.0078431377f; // 1 / 127.5, as the original has it
  private static final Suppression SUPPRESSION =
      new Suppression(0.6f, DetectionSettings.MOST); // as the original has it

  /**
   * The longer side of the pictures that it was trained on. Larger ones are shrunk to it with
   * averaging first, since TensorFlow's resizing passes pixels over.
   */
  private static final int TRAINED_SIDE = 640;

  @Override
  public String input() {
    return "image";
  }

  @Override
  public Set<String> outputs() {
    return Set.of(BOXES, SCORES);
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  @Override
  public Pixels resize(Pixels picture) {
    return PictureSizes.atMost(picture, TRAINED_SIDE);
  }

  @Override
  public OnnxTensor prepare(List<Pixels> pictures) throws OrtException {
    int n = pictures.size();
    FloatBuffer input = memory.bytes(Float.BYTES * LENGTH * n).asFloatBuffer();
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i ->
                TensorFlowResize.fill(resize(pictures.get(i)), SIDE, SCALE, -1, input, i * LENGTH));
    return OnnxTensor.createTensor(OnnxLibrary.environment(), input, new long[] {n, 3, SIDE, SIDE});
  }

  @Override
  public List<Candidate> candidates(Outputs outputs, int row, Pixels picture, double threshold)
      throws OrtException {
    float[] scores = outputs.values(SCORES); // (N, A, C)
    float[] boxes = outputs.values(BOXES); // (N, A, 4)
    List<Integer> ids = classes.ids();
    int anchors = (int) outputs.shape(BOXES)[1];
    int width = picture.width();
    int height = picture.height();
    List<Candidate> found = new ArrayList<>();
    for (int a = row * anchors; a < (row + 1) * anchors; a++) {
      for (int c = 0, at = a * ids.size(); c < ids.size(); c++, at++) {
        if (scores[at] >= threshold) {
          Candidate candidate =
              Candidate.within(
                  ids.get(c),
                  scores[at],
                  boxes[4 * a + 1] * width,
                  boxes[4 * a] * height,
                  boxes[4 * a + 3] * width,
                  boxes[4 * a + 2] * height,
                  width,
                  height);
          if (candidate != null) {
            found.add(candidate);
          }
        }
      }
    }
    return SUPPRESSION.apply(found);
  }
}
