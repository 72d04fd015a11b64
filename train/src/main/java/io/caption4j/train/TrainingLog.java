package io.caption4j.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log of a run: one JSON object an epoch and line. */
public final class TrainingLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrainingLog() {}

  /** Writes all epochs, so that a resumed run's log has no epoch twice. */
  public static void write(Path file, List<?> history) {
    List<String> lines = history.stream().map(TrainingLog::line).toList();
    RunFolder.writeAtomically(file, partial -> Files.write(partial, lines));
  }

  private static String line(Object epoch) {
    try {
      return JSON.writeValueAsString(epoch);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
