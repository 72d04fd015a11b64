package io.caption4j.encoder.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caption4j.data.Pixels;
import java.util.List;
import java.util.Set;

/**
 * How pictures become a model's input, and its outputs candidates. Used by several threads at once.
 */
interface DetectorForm {
  /** The name of the model's input. */
  String input();

  /** The names of the outputs that are read. */
  Set<String> outputs();

  /** Pictures that the model takes together, at most. */
  int together();

  /** The picture at the largest size that is looked at. */
  Pixels resize(Pixels picture);

  /**
   * The model's input for pictures, at most {@link #together}; its thread closes it before the next
   * call.
   */
  OnnxTensor prepare(List<Pixels> pictures) throws OrtException;

  /**
   * The objects of one of the pictures.
   *
   * @param row of the picture in the batch
   * @param threshold lowest score
   * @return best first, in the pixels of the picture, one for each object
   */
  List<Candidate> candidates(Outputs outputs, int row, Pixels picture, double threshold)
      throws OrtException;

  /** What a run gave: floats by the output's name. */
  interface Outputs {
    /** Values of an output, row-major; whole numbers as floats. */
    float[] values(String output) throws OrtException;

    /** The shape of an output. */
    long[] shape(String output) throws OrtException;

    /** Outputs of a session, copied when they are asked for the first time. */
    static Outputs of(OrtSession.Result result) {
      return new SessionOutputs(result);
    }
  }
}
