package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteLinesTest {
  @TempDir Path folder;

  private List<String> lines(String text, int longest) throws IOException {
    Path file = Files.writeString(folder.resolve("text"), text);
    List<String> found = new ArrayList<>();
    try (ByteLines lines = new ByteLines(file, longest)) {
      for (ByteBuffer line = lines.next(); line != null; line = lines.next()) {
        found.add(StandardCharsets.UTF_8.decode(line).toString());
      }
    }
    return found;
  }

  @Test
  void linesEndWithBothKindsOfLineBreakOrTheFile() throws IOException {
    assertThat(lines("", 100)).isEmpty();
    assertThat(lines("\n", 100)).containsExactly("");
    assertThat(lines("a\r\n\nb\rc\nd", 100)).containsExactly("a", "", "b\rc", "d");
    assertThat(lines("abcdefg\nh\n", 3)).containsExactly("abc", "def", "g", "h");
  }

  @Test
  void linesMayCrossTheEdgesOfTheBuffer() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int length : new int[] {65_534, 1, 65_536, 0, 200_000, 65_535, 3}) {
      expected.add("x".repeat(length));
    }
    assertThat(lines(String.join("\n", expected), 1 << 20)).isEqualTo(expected);
    assertThat(lines(String.join("\r\n", expected) + "\r\n", 1 << 20)).isEqualTo(expected);
  }
}
