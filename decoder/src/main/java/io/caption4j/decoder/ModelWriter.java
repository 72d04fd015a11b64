package io.caption4j.decoder;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.FileErrors;
import io.caption4j.data.ZipEntries;
import io.caption4j.encoder.GraphZip;
import io.caption4j.encoder.NpyWriter;
import io.caption4j.encoder.PackedEncoder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipOutputStream;

/** Writes model files so that a crash leaves the old file or the new one, never a part. */
final class ModelWriter {
  private ModelWriter() {}

  /** Writes beside the target, then moves into its place. */
  static void write(CaptionModel model, Path file) {
    try {
      AtomicFiles.write(
          file,
          part -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
              write(model, out);
            }
          });
    } catch (IOException e) {
      throw new ModelException(
          "Cannot write the model file %s: %s.".formatted(file, FileErrors.reason(e)), e);
    }
  }

  private static void write(CaptionModel model, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    // The card comes first, so that it can be read from the beginning of a stream.
    ZipEntries.put(zip, ModelFile.CARD, ModelFile.CARDS.format(model.card()));
    String vocabulary = String.join("\n", model.vocabulary().lines()) + "\n";
    ZipEntries.put(zip, ModelFile.VOCABULARY, vocabulary.getBytes(StandardCharsets.UTF_8));
    ZipEntries.put(zip, ModelFile.STANDARDISATION, npy(model.standardisation()));
    if (model.gridStandardisation() != null) {
      ZipEntries.put(zip, ModelFile.GRID_STANDARDISATION, npy(model.gridStandardisation()));
    }
    zip.setLevel(Deflater.NO_COMPRESSION); // parameters hardly get smaller, and reading is faster
    Optional<PackedEncoder.Entry> encoder = model.encoder().entry();
    if (encoder.isPresent()) {
      ZipEntries.put(zip, encoder.get().name(), encoder.get().bytes());
    }
    ZipEntries.put(zip, ModelFile.GRAPH, GraphZip.write(model.graph()));
    zip.finish();
  }

  private static byte[] npy(Standardisation standardisation) {
    return NpyWriter.bytes(standardisation.mean(), standardisation.deviation());
  }
}
