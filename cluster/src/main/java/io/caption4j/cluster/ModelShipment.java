package io.caption4j.cluster;

import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.EncoderEngine;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A caption model on its way to executors, which get its file from the driver.
 *
 * @param file name of the model's file among Spark's; null for the bundled model
 * @param engine of its encoder
 */
record ModelShipment(String file, EncoderEngine engine) implements Serializable {
  private static final Map<ModelShipment, Captioner> OPEN = new ConcurrentHashMap<>();

  /**
   * Hands a model out.
   *
   * @param model its file; null for the bundled
   */
  static ModelShipment of(JavaSparkContext context, Path model, EncoderEngine engine) {
    if (model == null) {
      return new ModelShipment(null, engine);
    }
    context.addFile(model.toAbsolutePath().toString());
    return new ModelShipment(model.getFileName().toString(), engine);
  }

  /** The captioner, opened once in a JVM for all its tasks, and never closed. */
  Captioner captioner() {
    return OPEN.computeIfAbsent(
        this,
        m ->
            file == null
                ? Captioner.bundled(engine)
                : Captioner.load(Path.of(SparkFiles.get(file)), engine));
  }
}
