package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultWriterTest {
  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          No space left on device         | false | 1
          Input/output error              | false | 1
          File too large                  | false | 1
          Bad file descriptor             | false | 1
          Broken pipe                     | false | 0
          Datenübergabe unterbrochen      | true  | 0
          The pipe is being closed        | false | 0
          """)
  void aFullDiskIsNoReaderThatLeft(String reason, boolean pipe, int code) {
    for (String line : new String[] {"info", "encoders", "--help", "--version", "data --help"}) {
      StringWriter err = new StringWriter();

      int found =
          Main.run(
              line.split(" "), new ResultWriter(failing(reason), () -> pipe), new PrintWriter(err));

      assertThat(found).as(line).isEqualTo(code);
      assertThat(err.toString())
          .as(line)
          .isEqualTo(code == 0 ? "" : "caption4j: Cannot write results: " + reason + ".\n");
    }
  }
}
