package io.caption4j.decoder;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens a captioner with its parts made side by side: the encoder starts as soon as the model's
 * file has told which it is, while the decoder's parameters are read, and the libraries are loaded
 * meanwhile.
 */
final class CaptionerStart {
  private CaptionerStart() {}

  /**
   * Opens one.
   *
   * @param source reads the model and tells of its encoder
   * @param engine of the encoder
   * @throws ModelException if the model cannot be read, or its encoder is not the one here
   */
  static Captioner open(
      Function<ModelReader.EncoderListener, CaptionModel> source, EncoderEngine engine) {
    Encoders.preload(engine);
    inBackground(Blas::load);
    AtomicReference<CompletableFuture<ImageEncoder>> started = new AtomicReference<>();
    CaptionModel model;
    try {
      model =
          source.apply(
              encoder -> closeLater(started.getAndSet(inBackground(() -> encoder.open(engine)))));
    } catch (RuntimeException e) {
      closeLater(started.get());
      throw e;
    }
    ImageEncoder encoder = Futures.result(started.get());
    try {
      return Captioner.owning(model, encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** Closes an encoder that is not wanted after all, once it is open; null for none. */
  private static void closeLater(CompletableFuture<ImageEncoder> encoder) {
    if (encoder != null) {
      encoder.thenAccept(ImageEncoder::close);
    }
  }

  /** Starts work in a thread of its own, which does not keep the program from ending. */
  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work,
        task -> {
          Thread thread = new Thread(task, "captioner start");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
