package io.caption4j.cli;

import io.caption4j.data.FileErrors;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageException.Reason;
import io.caption4j.data.ImageLimits;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The picture that {@code -} on a command line stands for. */
final class StandardInput {
  /** What it is called in arguments and results; a file of this name is {@code ./-}. */
  static final Path NAME = Path.of("-");

  private static final ImageLimits LIMITS = ImageLimits.DEFAULT;

  private StandardInput() {}

  /** Pixels of a file, or of the standard input for {@code -}. */
  static Pixels load(Path file) {
    return file.equals(NAME)
        ? new ImageLoader(LIMITS).load(read(System.in), "The standard input")
        : new ImageLoader(LIMITS).load(file);
  }

  private static byte[] read(InputStream in) {
    try {
      byte[] bytes = in.readNBytes((int) LIMITS.maxBytes() + 1);
      if (bytes.length == 0) {
        throw new ImageException(
            Reason.BROKEN, "The standard input is empty; expected the bytes of a picture.");
      }
      return bytes;
    } catch (IOException e) {
      throw new ImageException(
          Reason.MISSING, "Cannot read the standard input: " + FileErrors.reason(e) + ".", e);
    }
  }

  /** Whether it is the keyboard, where no picture comes from. */
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try { // there from 22 on, where there is a console in any case
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
