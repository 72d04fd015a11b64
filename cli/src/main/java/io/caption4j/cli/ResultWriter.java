package io.caption4j.cli;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.ExitCode;

/**
 * Where results go, in UTF-8. Unlike a plain PrintWriter it tells a full disk from a reader that
 * has gone, as {@code head} does.
 */
public final class ResultWriter extends PrintWriter {
  private static final int FILE_TYPE = 0170000;
  private static final int FIFO = 0010000;
  private static final int SOCKET = 0140000;

  private final Watched stream;

  private ResultWriter(Watched stream) {
    super(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    this.stream = stream;
  }

  /** On a stream; {@code pipe} tells, once writing has failed, whether somebody read at its end. */
  ResultWriter(OutputStream out, BooleanSupplier pipe) {
    this(new Watched(out, pipe));
  }

  /** On this process's stdout. */
  public static ResultWriter stdout() {
    return new ResultWriter(
        new FileOutputStream(FileDescriptor.out), () -> isPipe(Path.of("/dev/stdout")));
  }

  /** What a pipe's failure is called depends on the language of the system; what it is does not. */
  static boolean isPipe(Path file) {
    try {
      int type = (Integer) Files.getAttribute(file, "unix:mode") & FILE_TYPE;
      return type == FIFO || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Throws if what was printed could not be written.
   *
   * @throws OutputClosedException if nobody reads any more
   * @throws Caption4jException if it was for another reason
   */
  static void check(PrintWriter results) {
    if (!results.checkError()) { // which flushes
      return;
    }
    Optional<String> reason =
        results instanceof ResultWriter writer ? writer.stream.reason() : Optional.empty();
    if (reason.isPresent()) {
      throw new Caption4jException("Cannot write results: " + reason.get() + ".");
    }
    throw new OutputClosedException();
  }

  /**
   * The exit code of a command that has ended, once all is written.
   *
   * @param code without a look at what was written
   * @param messages hears of results that are lost
   */
  public static int finish(int code, PrintWriter results, PrintWriter messages) {
    try {
      check(results);
      return code;
    } catch (OutputClosedException e) {
      return code;
    } catch (Caption4jException e) {
      if (code == ExitCode.OK) { // else it has been told
        messages.println("caption4j: " + e.getMessage());
        return ExitCode.SOFTWARE;
      }
      return code;
    } finally {
      messages.flush();
    }
  }

  /** Remembers the first failure, of which PrintWriter keeps nothing. */
  private static final class Watched extends OutputStream {
    private final OutputStream out;
    private final BooleanSupplier pipe;
    private IOException failure;

    Watched(OutputStream out, BooleanSupplier pipe) {
      this.out = out;
      this.pipe = pipe;
    }

    /** Why it failed; empty if the reader has gone. */
    Optional<String> reason() {
      if (failure == null) {
        return Optional.empty();
      }
      String words = FileErrors.reason(failure);
      boolean gone =
          words.contains("Broken pipe")
              || words.contains("pipe is being closed")
              || words.contains("pipe has been ended")
              || pipe.getAsBoolean();
      return gone ? Optional.empty() : Optional.of(words);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
