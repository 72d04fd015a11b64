package io.caption4j.evaluate;

import io.caption4j.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * METEOR's program, asked line by line: {@code java -jar meteor-1.5.jar - - -stdio -l en -norm}.
 */
final class MeteorProcess implements AutoCloseable {
  private static final int MOST_COMPLAINTS = 400; // characters of stderr that a message shows

  private final Path jar;
  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;
  private final CompletableFuture<String> complaints;

  private MeteorProcess(Path jar, Process process) {
    this.jar = jar;
    this.process = process;
    questions = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    complaints = CompletableFuture.supplyAsync(this::readComplaints, task -> daemon(task).start());
  }

  /**
   * Starts it with the Java that runs this.
   *
   * @throws DataException if it cannot be started
   */
  static MeteorProcess start(Path jar) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-Xmx2G",
            "-Dfile.encoding=UTF-8",
            "-jar",
            jar.toAbsolutePath().toString(),
            "-",
            "-",
            "-stdio",
            "-l",
            "en",
            "-norm");
    try {
      return new MeteorProcess(jar, new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new DataException("Cannot start METEOR with " + java + ": " + e.getMessage() + ".", e);
    }
  }

  /** Sends a line. */
  void send(String line) {
    try {
      questions.write(line + "\n");
      questions.flush();
    } catch (IOException e) {
      throw failed("it takes no more lines", e);
    }
  }

  /** Sends a line and waits for its answer. */
  String answer(String line) {
    send(line);
    return next();
  }

  /** The next line that it answers. */
  private String next() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw failed("it ended without an answer", null);
      }
      return line.strip();
    } catch (IOException e) {
      throw failed("its answer cannot be read", e);
    }
  }

  /** The next line that it answers as a number. */
  double number() {
    String line = next();
    try {
      return Double.parseDouble(line);
    } catch (NumberFormatException e) {
      throw failed("expected a score, found '" + line + "'", e);
    }
  }

  private DataException failed(String what, Exception cause) {
    // All of stderr if the program has ended; if not, there is no use in waiting for it.
    String said = complaints.completeOnTimeout("", 2, TimeUnit.SECONDS).join().strip();
    return new DataException(
        "METEOR failed (%s): %s%s."
            .formatted(jar, what, said.isEmpty() ? "" : "; it said: " + said),
        cause);
  }

  // Read as it comes: a full pipe would stop the program.
  private String readComplaints() {
    StringBuilder text = new StringBuilder();
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (text.length() < MOST_COMPLAINTS) {
          text.append(line).append(' ');
        }
      }
    } catch (IOException e) {
      // The program was ended meanwhile; what it said until then serves.
      return text.toString();
    }
    return text.toString();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "METEOR's stderr");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends the program. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
