package io.caption4j.decoder;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Opens a captioner with its parts made side by side: while the model is read, the encoder that
 * nearly all models name starts, and OpenBLAS is loaded.
 */
final class CaptionerStart {
  private CaptionerStart() {}

  /**
   * Opens one.
   *
   * @param source reads the model
   * @param engine of the encoder
   * @throws ModelException if the model cannot be read, or its encoder is not the one here
   */
  static Captioner open(Supplier<CaptionModel> source, EncoderEngine engine) {
    String usual = Encoders.EFFICIENTNET_LITE0;
    CompletableFuture<ImageEncoder> started = inBackground(() -> Encoders.byName(usual, engine));
    inBackground(Blas::load);
    CaptionModel model;
    ImageEncoder encoder;
    boolean pretrained;
    try {
      model = source.get();
      pretrained = model.encoderWeights() == null && model.card().encoder().name().equals(usual);
      encoder = pretrained ? Futures.result(started) : model.encoder(engine);
    } catch (RuntimeException e) {
      started.thenAccept(ImageEncoder::close);
      throw e;
    }
    if (!pretrained) {
      started.thenAccept(ImageEncoder::close);
    }
    try {
      return Captioner.owning(model, encoder);
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
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
