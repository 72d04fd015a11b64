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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The form of TensorFlow's Object Detection API: input (N, H, W, 3) of bytes, RGB; outputs
 * detection_boxes (N, M, 4) as y1, x1, y2, x2 from 0 to 1, detection_scores and detection_classes
 * (N, M), and num_detections (N). The model suppresses overlapping boxes itself. Pictures go in one
 * at a time.
 *
 * @param input its name
 * @param height of the pictures that it takes; 0 for any
 * @param width of the pictures that it takes; 0 for any
 * @param boxes the names of the outputs
 * @param count the name of the fourth output; null if there is none
 * @param memory of the input
 */
record TensorFlowForm(
    String input,
    int height,
    int width,
    String boxes,
    String scores,
    String labels,
    String count,
    DirectMemory memory)
    implements DetectorForm {
  /** The longer side of what a model of any size gets. */
  private static final int LONGEST = 1024;

  /** Whether a session has the outputs of this form. */
  static boolean fits(OrtSession session) {
    Set<String> plain =
        session.getOutputNames().stream().map(TensorFlowForm::plain).collect(Collectors.toSet());
    return plain.containsAll(Set.of("detection_boxes", "detection_scores", "detection_classes"));
  }

  /**
   * Reads it off a session that {@link #fits}.
   *
   * @throws EncoderException if the input is another
   */
  static TensorFlowForm of(String detector, OrtSession session) throws OrtException {
    Map<String, String> outputs =
        session.getOutputNames().stream()
            .collect(
                Collectors.toMap(TensorFlowForm::plain, Function.identity(), (one, two) -> one));
    Map<String, NodeInfo> inputs = session.getInputInfo();
    NodeInfo node = inputs.values().iterator().next();
    if (inputs.size() == 1
        && node.getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.UINT8) {
      long[] shape = tensor.getShape();
      if (shape.length == 4 && (shape[3] == 3 || shape[3] < 0) && shape[0] <= 1) {
        boolean fixed = shape[1] > 0 && shape[2] > 0;
        return new TensorFlowForm(
            node.getName(),
            fixed ? (int) shape[1] : 0,
            fixed ? (int) shape[2] : 0,
            outputs.get("detection_boxes"),
            outputs.get("detection_scores"),
            outputs.get("detection_classes"),
            outputs.get("num_detections"),
            new DirectMemory());
      }
    }
    throw new EncoderException(
        "Detector %s: expected one input of bytes with the shape (1, H, W, 3) or (N, H, W, 3), found %s."
            .formatted(
                detector,
                inputs.values().stream()
                    .map(info -> info.getName() + " " + text(info))
                    .collect(Collectors.joining(", "))));
  }

  private static String text(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? tensor.type + " " + Arrays.toString(tensor.getShape())
        : String.valueOf(node.getInfo());
  }

  private static String plain(String output) {
    return output.replaceFirst(":0$", "");
  }

  @Override
  public Set<String> outputs() {
    return Stream.of(boxes, scores, labels, count)
        .filter(name -> name != null)
        .collect(Collectors.toSet());
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public Pixels resize(Pixels picture) {
    return height > 0 ? picture.resize(width, height) : PictureSizes.atMost(picture, LONGEST);
  }

  @Override
  public OnnxTensor prepare(List<Pixels> pictures) throws OrtException {
    Pixels picture = resize(pictures.get(0));
    ByteBuffer bytes = memory.bytes(picture.rgb().length).put(picture.rgb()).flip();
    return OnnxTensor.createTensor(
        OnnxLibrary.environment(),
        bytes,
        new long[] {1, picture.height(), picture.width(), 3},
        OnnxJavaType.UINT8);
  }

  @Override
  public List<Candidate> candidates(Outputs outputs, int row, Pixels picture, double threshold)
      throws OrtException {
    float[] corners = outputs.values(boxes); // (1, M, 4)
    float[] score = outputs.values(scores); // (1, M)
    float[] label = outputs.values(labels); // (1, M)
    if (corners.length != 4L * score.length || label.length != score.length) {
      throw new EncoderException(
          "The model's outputs do not fit each other: expected (1, M, 4), (1, M) and (1, M), found %s, %s and %s."
              .formatted(
                  Arrays.toString(outputs.shape(boxes)),
                  Arrays.toString(outputs.shape(scores)),
                  Arrays.toString(outputs.shape(labels))));
    }
    int found = count == null ? score.length : (int) outputs.values(count)[0];
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < Math.min(found, score.length); i++) {
      if (score[i] >= threshold) {
        Candidate candidate =
            Candidate.within(
                Math.round(label[i]),
                score[i],
                (double) corners[4 * i + 1] * picture.width(),
                (double) corners[4 * i] * picture.height(),
                (double) corners[4 * i + 3] * picture.width(),
                (double) corners[4 * i + 2] * picture.height(),
                picture.width(),
                picture.height());
        if (candidate != null) {
          candidates.add(candidate);
        }
      }
    }
    candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
    return candidates;
  }
}
