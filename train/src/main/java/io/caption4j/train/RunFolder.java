package io.caption4j.train;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A training run's folder and the files in it, each written whole or not at all. */
public final class RunFolder {
  private final Path folder;
  private final String modelName;

  private RunFolder(Path folder, String modelName) {
    this.folder = folder;
    this.modelName = modelName;
  }

  /**
   * Opens or makes the folder.
   *
   * @param modelName name of the model's file
   * @throws TrainException if it holds a run and {@code start} does not say what to do with it
   */
  public static RunFolder open(Path folder, TrainSettings.Start start, String modelName) {
    RunFolder run = new RunFolder(folder, modelName);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new TrainException(folder + " is a file; expected a folder for the run.");
    }
    List<Path> files = List.of(run.checkpoint(), run.model(), run.log(), run.report());
    try {
      Files.createDirectories(folder);
      files.forEach(AtomicFiles::sweep);
      if (files.stream().anyMatch(Files::exists)) {
        switch (start) {
          case NEW ->
              throw new TrainException(
                  folder
                      + " already holds a run; go on with --resume, replace it with --overwrite, or"
                      + " name another --out.");
          case OVERWRITE -> {
            for (Path file : files) {
              Files.deleteIfExists(file);
            }
          }
          case RESUME -> {}
        }
      }
    } catch (IOException e) {
      throw new TrainException(
          "Cannot write to %s: %s.".formatted(folder, FileErrors.reason(e)), e);
    }
    return run;
  }

  /** All that resuming needs. */
  public Path checkpoint() {
    return folder.resolve("checkpoint.zip");
  }

  /** The best epoch's model. */
  public Path model() {
    return folder.resolve(modelName);
  }

  /** One JSON line an epoch. */
  public Path log() {
    return folder.resolve("log.jsonl");
  }

  /** Curves and captions, for a browser. */
  Path report() {
    return folder.resolve("report.html");
  }

  /**
   * Writes a file beside its place and moves it there, so that a kill leaves the old or the new.
   *
   * @throws TrainException if it cannot be written
   */
  static void writeAtomically(Path file, AtomicFiles.Writer writer) {
    try {
      AtomicFiles.write(file, writer);
    } catch (IOException e) {
      throw new TrainException(
          "Cannot write %s: %s. What was written last is kept; free some room, and go on with --resume."
              .formatted(file, FileErrors.reason(e)),
          e);
    }
  }
}
