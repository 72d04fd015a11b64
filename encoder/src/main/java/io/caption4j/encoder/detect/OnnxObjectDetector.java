package io.caption4j.encoder.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A detector that ONNX Runtime runs. One batch is looked at at a time: ONNX Runtime already uses
 * all cores for it.
 */
final class OnnxObjectDetector implements ObjectDetector {
  private final String name;
  private final ObjectClasses classes;
  private final DetectorForm form;
  private final OrtSession session;
  private final Safetensors weights; // the session reads their memory; null if it holds its own
  private final Object lock = new Object();
  private boolean closed; // guarded by lock

  /** Makes one, which closes the session. */
  OnnxObjectDetector(
      String name,
      ObjectClasses classes,
      DetectorForm form,
      OrtSession session,
      Safetensors weights) {
    this.name = name;
    this.classes = classes;
    this.form = form;
    this.session = session;
    this.weights = weights;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ObjectClasses classes() {
    return classes;
  }

  @Override
  public Pixels resize(Pixels picture) {
    return form.resize(picture);
  }

  @Override
  public List<List<DetectedObject>> detect(List<Pixels> pictures, DetectionSettings settings) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one picture to look at.");
    }
    List<List<DetectedObject>> found = new ArrayList<>(pictures.size());
    for (int from = 0; from < pictures.size(); from += form.together()) {
      int to = Math.min(pictures.size(), from + form.together());
      found.addAll(run(pictures.subList(from, to), settings));
    }
    return found;
  }

  private List<List<DetectedObject>> run(List<Pixels> pictures, DetectionSettings settings) {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("Detector %s has been closed.".formatted(name));
      }
      try (OnnxTensor input = form.prepare(pictures);
          OrtSession.Result result = session.run(Map.of(form.input(), input), form.outputs())) {
        DetectorForm.Outputs outputs = DetectorForm.Outputs.of(result);
        List<List<DetectedObject>> found = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
          found.add(
              objects(
                  form.candidates(outputs, i, pictures.get(i), settings.threshold()), settings));
        }
        return found;
      } catch (OrtException e) {
        throw new EncoderException(
            "Detector %s: ONNX Runtime failed (%s)."
                .formatted(name, Caption4jException.firstLine(e)),
            e);
      }
    }
  }

  private List<DetectedObject> objects(List<Candidate> candidates, DetectionSettings settings) {
    return candidates.stream()
        .filter(candidate -> classes.name(candidate.label()).isPresent())
        .limit(settings.most())
        .map(
            candidate ->
                new DetectedObject(
                    classes.name(candidate.label()).orElseThrow(),
                    candidate.score(),
                    candidate.box()))
        .toList();
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        try {
          session.close();
        } catch (OrtException e) {
          throw new EncoderException(
              "Detector %s: ONNX Runtime failed (%s)."
                  .formatted(name, Caption4jException.firstLine(e)),
              e);
        }
      }
    }
  }
}
