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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A detector that ONNX Runtime runs. Threads look at pictures beside each other: where ONNX Runtime
 * has one thread, as on a cluster, that is what keeps the cores at work.
 */
final class OnnxObjectDetector implements ObjectDetector {
  private final String name;
  private final ObjectClasses classes;
  private final DetectorForm form;
  private final OrtSession session;
  private final Safetensors weights; // the session reads their memory; null if it holds its own
  private final ReadWriteLock lock = new ReentrantReadWriteLock(); // read while a picture is in
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
    lock.readLock().lock();
    try {
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
    } finally {
      lock.readLock().unlock();
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
    lock.writeLock().lock();
    try {
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
    } finally {
      lock.writeLock().unlock();
    }
  }
}
