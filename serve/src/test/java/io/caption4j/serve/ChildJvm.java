package io.caption4j.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class in a JVM of its own, with this one's class path and without a folder for
 * temporary files, as good as a full disk. Not in this JVM, since the JDK looks once where that
 * folder is.
 */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Returns once it has ended with 0.
   *
   * @param folder for what it prints
   * @param options of the JVM
   */
  static void run(Path folder, Duration longest, Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder.resolve("no/such/folder"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of(options));
    command.add(main.getName());
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Surefire starts this JVM with a jar that only names the class path.
    String path = System.getProperty("surefire.test.class.path");
    builder
        .environment()
        .put("CLASSPATH", path == null ? System.getProperty("java.class.path") : path);
    Process process = builder.start();
    if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The child JVM did not end: " + Files.readString(output));
    }
    if (process.exitValue() != 0) {
      throw new AssertionError("The child JVM failed: " + Files.readString(output));
    }
  }
}
