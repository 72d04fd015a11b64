package io.caption4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    PrintStream results =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
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
    int code = run(args, new PrintWriter(results), new PrintWriter(messages, true));
    System.exit(code);
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
    results.flush();
    messages.flush();
    return code;
  }

  /** The command line with its subcommands and the way errors are told. */
  static CommandLine commandLine() {
    Failures failures = new Failures();
    return new CommandLine(new RootCommand())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(false);
  }
}
