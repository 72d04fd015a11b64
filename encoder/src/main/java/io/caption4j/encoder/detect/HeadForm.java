package io.caption4j.encoder.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.OnnxLibrary;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A model with one output, (1, A, K): K numbers for each position of its grids, which a {@link
 * HeadDescription} explains. Pictures go in one at a time.
 *
 * @param input (1, 3, size, size) of floats
 * @param output its name
 * @param memory of the input
 */
record HeadForm(
    String detector,
    String input,
    String output,
    HeadDescription description,
    ObjectClasses classes,
    DirectMemory memory)
    implements DetectorForm {
  private static final byte PADDING = 114; // grey, as YOLOX was trained

  /**
   * Reads it off a session and the description beside its file.
   *
   * @throws EncoderException if they do not fit each other
   */
  static HeadForm of(String detector, OrtSession session, Path description, ObjectClasses classes)
      throws OrtException {
    NodeInfo in = session.getInputInfo().values().iterator().next();
    if (session.getNumInputs() != 1
        || session.getNumOutputs() != 1
        || !(in.getInfo() instanceof TensorInfo tensor)
        || tensor.type != OnnxJavaType.FLOAT
        || tensor.getShape().length != 4
        || tensor.getShape()[1] != 3
        || tensor.getShape()[0] > 1
        || tensor.getShape()[2] != tensor.getShape()[3]) {
      throw new EncoderException(
          "Detector %s: expected one input of 32-bit floats with the shape (1, 3, size, size) and one output, found %s and %s."
              .formatted(detector, session.getInputInfo(), session.getOutputNames()));
    }
    int size = (int) Math.max(0, tensor.getShape()[2]);
    return new HeadForm(
        detector,
        in.getName(),
        session.getOutputNames().iterator().next(),
        HeadDescription.read(description, size),
        classes,
        new DirectMemory());
  }

  @Override
  public Set<String> outputs() {
    return Set.of(output);
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public Pixels resize(Pixels picture) {
    int size = description.preprocessing().size();
    return description.letterbox()
        ? PictureSizes.atMost(picture, size)
        : picture.resize(Math.min(size, picture.width()), Math.min(size, picture.height()));
  }

  @Override
  public OnnxTensor prepare(List<Pixels> pictures) throws OrtException {
    int size = description.preprocessing().size();
    Pixels picture = pictures.get(0);
    float[] values = new float[description.preprocessing().length()]; // (3, size, size)
    description
        .preprocessing()
        .prepare(description.letterbox() ? letterbox(picture, size) : picture, values);
    FloatBuffer input = memory.bytes(Float.BYTES * values.length).asFloatBuffer();
    input.put(values).flip();
    return OnnxTensor.createTensor(OnnxLibrary.environment(), input, new long[] {1, 3, size, size});
  }

  private static Pixels letterbox(Pixels picture, int size) {
    double factor = factor(picture, size);
    int width = Math.max(1, (int) (picture.width() * factor));
    int height = Math.max(1, (int) (picture.height() * factor));
    Pixels inner = picture.resize(width, height);
    byte[] rgb = new byte[3 * size * size];
    Arrays.fill(rgb, PADDING);
    for (int y = 0; y < height; y++) {
      System.arraycopy(inner.rgb(), 3 * y * width, rgb, 3 * y * size, 3 * width);
    }
    return new Pixels(size, size, rgb);
  }

  private static double factor(Pixels picture, int size) {
    return Math.min((double) size / picture.width(), (double) size / picture.height());
  }

  @Override
  public List<Candidate> candidates(Outputs outputs, int row, Pixels picture, double threshold)
      throws OrtException {
    HeadDecoder decoder =
        HeadDecoder.of(description, classes.ids().size(), detector, outputs.shape(output));
    float[] values = outputs.values(output); // (1, A, K)
    int size = description.preprocessing().size();
    double factor = factor(picture, size);
    double across = description.letterbox() ? 1 / factor : (double) picture.width() / size;
    double down = description.letterbox() ? 1 / factor : (double) picture.height() / size;
    List<Candidate> found = new ArrayList<>();
    decoder.decode(
        values,
        threshold,
        (index, score, left, top, right, bottom) -> {
          Candidate candidate =
              Candidate.within(
                  classes.ids().get(index),
                  score,
                  left * across,
                  top * down,
                  right * across,
                  bottom * down,
                  picture.width(),
                  picture.height());
          if (candidate != null) {
            found.add(candidate);
          }
        });
    return new Suppression(description.overlap(), DetectionSettings.MOST).apply(found);
  }
}
