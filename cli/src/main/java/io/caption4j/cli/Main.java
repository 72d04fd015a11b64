package io.caption4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/**
 * The program. Results alone go to stdout, everything else to stderr, both in UTF-8.
 *
 * <p>Exit codes: 0 all went well, 1 a failure that a message explains, 2 the command line is wrong.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream messages =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    // Whatever a library prints must not get between results.
    System.setOut(messages);
    System.setErr(messages);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // numbers as in the English around them
    if (List.of(args).contains("--verbose") || List.of(args).contains("-v")) {
      // Read once, when the first logger is made.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
      System.setProperty("org.slf4j.simpleLogger.log.io.caption4j", "debug");
    }
    int code = run(args, ResultWriter.stdout(), writer(messages));
    System.exit(code);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /**
   * Runs one command.
   *
   * @param results gets what stdout would
   * @param messages gets what stderr would
   * @return the exit code
   */
  static int run(String[] args, PrintWriter results, PrintWriter messages) {
    int code = commandLine().setOut(results).setErr(messages).execute(args);
    return ResultWriter.finish(code, results, messages);
  }

  /** The command line with its subcommands and the way errors are told. */
  static CommandLine commandLine() {
    Failures failures = new Failures();
    return new CommandLine(new RootCommand())
        .registerConverter(Path.class, new PathArgument())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(false);
  }
}
