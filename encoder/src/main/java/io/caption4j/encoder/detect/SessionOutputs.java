package io.caption4j.encoder.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caption4j.encoder.EncoderException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/** What a session gave, as floats; each output is copied once. */
final class SessionOutputs implements DetectorForm.Outputs {
  private final OrtSession.Result result;
  private final Map<String, float[]> copies = new HashMap<>();

  SessionOutputs(OrtSession.Result result) {
    this.result = result;
  }

  @Override
  public float[] values(String output) throws OrtException {
    float[] values = copies.get(output);
    if (values == null) {
      values = floats(tensor(output));
      copies.put(output, values);
    }
    return values;
  }

  @Override
  public long[] shape(String output) {
    return tensor(output).getInfo().getShape();
  }

  private OnnxTensor tensor(String output) {
    OnnxValue value = result.get(output).orElseThrow();
    if (value instanceof OnnxTensor tensor) {
      return tensor;
    }
    throw new EncoderException("The output %s is no tensor.".formatted(output));
  }

  private static float[] floats(OnnxTensor tensor) throws OrtException {
    switch (tensor.getInfo().type) {
      case FLOAT -> {
        float[] values = new float[(int) tensor.getInfo().getNumElements()];
        tensor.getFloatBuffer().get(values);
        return values;
      }
      case INT64 -> {
        LongBuffer numbers = tensor.getLongBuffer();
        float[] values = new float[numbers.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = numbers.get(i);
        }
        return values;
      }
      case INT32 -> {
        IntBuffer numbers = tensor.getIntBuffer();
        float[] values = new float[numbers.remaining()];
        for (int i = 0; i < values.length; i++) {
          values[i] = numbers.get(i);
        }
        return values;
      }
      default ->
          throw new EncoderException(
              "Expected outputs of 32-bit floats or whole numbers, found %s."
                  .formatted(tensor.getInfo().type));
    }
  }
}
