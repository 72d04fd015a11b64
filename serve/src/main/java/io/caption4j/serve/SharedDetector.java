package io.caption4j.serve;

import io.caption4j.data.Pixels;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.ObjectClasses;
import io.caption4j.encoder.detect.ObjectDetector;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The service's one detector, opened when it is first needed: those who ask for captions alone pay
 * neither time nor memory for it. An opening that fails is tried again by whoever comes next.
 */
public final class SharedDetector implements ObjectDetector {
  private final String name;
  private final Supplier<ObjectDetector> opener;
  private final ReentrantLock lock = new ReentrantLock(); // which virtual threads can wait for
  private volatile ObjectDetector detector; // null until it is open
  private boolean closed; // guarded by lock

  /**
   * One that is not open yet.
   *
   * @param name of the detector as clients are told of it
   * @param opener opens it; what it opens is closed with this
   */
  public SharedDetector(String name, Supplier<ObjectDetector> opener) {
    this.name = name;
    this.opener = opener;
  }

  /**
   * Opens it, unless it is open.
   *
   * @throws IllegalStateException if it has been closed
   * @throws io.caption4j.encoder.EncoderException if it cannot be opened
   */
  public ObjectDetector open() {
    ObjectDetector open = detector;
    if (open != null) {
      return open;
    }
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("Detector %s has been closed.".formatted(name));
      }
      if (detector == null) {
        detector = opener.get();
      }
      return detector;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ObjectClasses classes() {
    return open().classes();
  }

  @Override
  public List<List<DetectedObject>> detect(List<Pixels> pictures, DetectionSettings settings) {
    return open().detect(pictures, settings);
  }

  @Override
  public Pixels resize(Pixels picture) {
    return open().resize(picture);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (detector != null) {
        detector.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
