package io.caption4j.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a file as bytes, whatever their encoding. */
final class ByteLines implements Closeable {
  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[1 << 16]; // read, and from its position on not given out
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 10];

  /** A line that is longer than so many bytes is given out in pieces of that length. */
  ByteLines(Path file, int longest) throws IOException {
    in = Files.newInputStream(file);
    this.longest = longest;
  }

  /**
   * The next line without its {@code \n} or {@code \r\n}, valid until the next call; null after the
   * last.
   */
  ByteBuffer next() throws IOException {
    int length = 0;
    boolean any = false;
    while (length < longest && (position < limit || fill())) {
      any = true;
      int end = position;
      int most = Math.min(limit, position + longest - length);
      while (end < most && buffer[end] != '\n') {
        end++;
      }
      append(length, end - position);
      length += end - position;
      position = end;
      if (end < most) { // a line break
        position++;
        break;
      }
    }
    if (!any) {
      return null;
    }
    boolean carriageReturn = length > 0 && line[length - 1] == '\r';
    return ByteBuffer.wrap(line, 0, carriageReturn ? length - 1 : length);
  }

  private void append(int length, int more) {
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, 2 * line.length));
    }
    System.arraycopy(buffer, position, line, length, more);
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
