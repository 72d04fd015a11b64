package io.caption4j.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, with this one's class path. */
final class ChildJvm {
  private ChildJvm() {}

  /** What it printed, standard error included; it must end with 0. */
  static String run(Path folder, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Surefire starts this JVM with a jar that only names the class path.
    String path = System.getProperty("surefire.test.class.path");
    builder
        .environment()
        .put("CLASSPATH", path == null ? System.getProperty("java.class.path") : path);
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("The child JVM did not end: " + Files.readString(output));
    }
    String text = Files.readString(output);
    if (process.exitValue() != 0) {
      throw new AssertionError("The child JVM failed: " + text);
    }
    return text;
  }
}
