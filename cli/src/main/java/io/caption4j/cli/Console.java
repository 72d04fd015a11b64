package io.caption4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.FileNames;
import io.caption4j.evaluate.Scores;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** Where a command writes: results to stdout, messages to stderr. */
public final class Console {

  /** Made when the first object is printed; Jackson takes a while to start. */
  private static final class Json {
    private static final ObjectMapper WRITER = new ObjectMapper();
  }

  private final PrintWriter results;
  private final PrintWriter messages;

  /** On what the command line writes to. */
  public Console(CommandLine commandLine) {
    results = commandLine.getOut();
    messages = commandLine.getErr();
  }

  /**
   * Prints a line of results at once.
   *
   * @throws OutputClosedException if nobody reads them any more
   * @throws io.caption4j.data.Caption4jException if they cannot be written, as on a full disk
   */
  public void result(String line) {
    results.println(line);
    ResultWriter.check(results);
  }

  /** Prints a value as one line of JSON. */
  void json(Object value) {
    result(jsonText(value));
  }

  /** Prints a value as one line of JSON after something else, such as a comma. */
  void json(String before, Object value) {
    result(before + jsonText(value));
  }

  /** A value as JSON in one line. */
  String jsonText(Object value) {
    try {
      return Json.WRITER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A result cannot be written as JSON.", e);
    }
  }

  /** Prints scores, as a table or as one line of JSON, and says what is odd about them. */
  void scores(Scores scores, boolean json) {
    result(json ? scores.toJson() : scores.toTable());
    scores.notes().forEach(this::message);
  }

  /** Prints a line for the user, {@code caption4j: ...}, to stderr. */
  public void message(String line) {
    messages.println("caption4j: " + line);
    messages.flush();
  }

  /** Shows long work on stderr until it is closed. */
  public ConsoleProgress progress() {
    return ConsoleProgress.on(messages, Boolean.getBoolean("caption4j.terminal"));
  }

  /** The same, unless results go to the same terminal and would tear the bar. */
  ConsoleProgress progressBesideResults() {
    return Boolean.getBoolean("caption4j.results.terminal") ? ConsoleProgress.hidden() : progress();
  }

  /** A path as text; control characters, which a terminal would obey, become question marks. */
  public static String printable(Path path) {
    return printable(FileNames.of(path));
  }

  /** Text of a file; control characters, which a terminal would obey, become question marks. */
  public static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
