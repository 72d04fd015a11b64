package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.encoder.EncoderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectClassesTest {
  @TempDir Path folder;

  @Test
  void readsIdsAndNames() throws IOException {
    ObjectClasses classes = ObjectClasses.read(write("\uFEFF1\tperson\r\n7\tfire hydrant\r\n\r\n"));
    assertThat(classes.names()).containsExactly("person", "fire hydrant");
    assertThat(classes.ids()).containsExactly(1, 7);
    assertThat(classes.name(7)).contains("fire hydrant");
    assertThat(classes.name(2)).isEmpty();
    assertThat(classes.id("person")).isEqualTo(1);
    assertThatThrownBy(() -> classes.id("dog")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsNamesAloneFromZero() throws IOException {
    ObjectClasses classes = ObjectClasses.read(write("cat\ndog\n"));
    assertThat(classes.ids()).containsExactly(0, 1);
    assertThat(classes.name(1)).contains("dog");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` ` | found none",
        "1;cat/1;dog | line 2: the id 1 stands twice",
        "cat/dog/cat | line 3: the name 'cat' stands in line 1 already",
        "1;cat/dog | line 2: expected an id from 0 to 100000, a tab and a name, found 'dog'",
        "1;cat/x;dog | line 2: expected an id",
        "1;cat/-2;dog | line 2: expected an id",
        "1;cat/2; | line 2: expected an id, a tab and a name",
        "cat//dog | line 2: expected a name",
      })
  void refusesAnythingElse(String text, String message) throws IOException {
    Path file = write(text.strip().replace(';', '\t').replace('/', '\n'));
    assertThatThrownBy(() -> ObjectClasses.read(file))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("classes.tsv")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Path file = Files.write(folder.resolve("classes.tsv"), new byte[] {'a', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> ObjectClasses.read(file)).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> ObjectClasses.read(folder.resolve("none")))
        .hasMessageContaining("there is no such file");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("classes.tsv"), text);
  }
}
