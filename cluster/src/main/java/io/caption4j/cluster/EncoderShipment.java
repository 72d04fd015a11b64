package io.caption4j.cluster;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Preprocessing;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An encoder on its way to executors.
 *
 * @param name of the encoder
 * @param hash of the encoder, by which an executor knows one that it has opened
 * @param preprocessing how pixels become its input
 * @param entry name of what it consists of, see {@link PackedEncoder.Entry}; null for the bundled
 * @param bytes of it; null for the bundled
 * @param engine what runs it
 */
record EncoderShipment(
    String name,
    String hash,
    Preprocessing preprocessing,
    String entry,
    byte[] bytes,
    EncoderEngine engine)
    implements Serializable {
  private static final Map<String, ImageEncoder> OPEN = new ConcurrentHashMap<>();

  /** Packs one that is open. */
  static EncoderShipment of(PackedEncoder packed, ImageEncoder open, EncoderEngine engine) {
    PackedEncoder.Entry entry = packed.entry().orElse(null);
    return new EncoderShipment(
        open.name(),
        open.hash(),
        open.preprocessing(),
        entry == null ? null : entry.name(),
        entry == null ? null : entry.bytes(),
        engine);
  }

  /** The encoder, opened once in a JVM for all its tasks, and never closed. */
  ImageEncoder encoder() {
    return OPEN.computeIfAbsent(
        hash,
        h ->
            PackedEncoder.read(
                    name, preprocessing, entry == null ? Map.of() : Map.of(entry, bytes), name)
                .open(engine));
  }
}
