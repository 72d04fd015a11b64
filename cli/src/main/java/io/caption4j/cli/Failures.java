package io.caption4j.cli;

import io.caption4j.data.Caption4jException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of errors in one line each; stack traces only of what nobody foresaw, and if asked for. */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String DEBUG_VARIABLE = "CAPTION4J_DEBUG";

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    // Of several arguments picocli takes one that cannot be converted for one too many.
    boolean empty = e instanceof UnmatchedArgumentException u && u.getUnmatched().contains("");
    err.println("caption4j: " + (empty ? PathArgument.EMPTY + "." : oneLine(e.getMessage())));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return tell(e, command.getErr(), verbose(command));
  }

  private static int tell(Throwable e, PrintWriter err, boolean verbose) {
    if (e instanceof OutputClosedException) {
      return ExitCode.OK;
    }
    if (e instanceof Caption4jException) {
      err.println("caption4j: " + oneLine(e.getMessage()));
    } else {
      err.println("caption4j: unexpected error: " + oneLine(e.toString()));
      if (!verbose) {
        err.println("caption4j: this is a defect; --verbose shows where it happened.");
      }
    }
    if (verbose) {
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private static boolean verbose(CommandLine command) {
    return System.getenv(DEBUG_VARIABLE) != null
        || command.getParseResult().hasMatchedOption("--verbose");
  }

  private static String oneLine(String message) {
    return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
