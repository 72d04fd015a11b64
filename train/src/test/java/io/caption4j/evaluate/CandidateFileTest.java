package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.DataException;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateFileTest {
  private static final List<CaptionedImage> IMAGES =
      List.of(image("dog.jpg", "dog.jpg"), image("139", "000000000139.jpg"));

  @TempDir Path folder;

  private static CaptionedImage image(String id, String name) {
    return new CaptionedImage(id, name, Path.of(name), Split.VAL, List.of("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/dog.jpg\ta dog, running\nc/000000000139.jpg\ta cat\n",
        "dog.jpg\ta dog, running\t-1.5\ndog.jpg\tno\t-2\n139\ta cat\t-1",
        "image,caption\r\nx/dog.jpg,\"a dog, running\"\r\nCOCO_val2014_000000000139.jpg,a cat\r\n",
        "\n \ndog.jpg\ta dog, running\n139.jpg\ta cat\n",
        "{\"image\":\"dog\",\"caption\":\"a dog, running\"}\n{\"image\":139.0,\"caption\":\"a cat\"}",
        "sep=;\r\nimage;caption\r\ndog;a dog, running\r\n139;a cat\r\n",
        "image;caption\r\nx/dog.jpg;a dog, running\r\n139.jpg;a cat\r\n",
        "\uFEFFimage,caption,rank,log_probability\ndog,\"a dog, running\",1,-1\ndog,no,2,-3\n139,a cat,1,-1",
        "{\"image\":\"/p/dog.jpg\",\"captions\":[{\"text\":\"a dog, running\"}]}\n"
            + "{\"image\":\"139.jpg\",\"captions\":[{\"text\":\"a cat\"},{\"text\":\"b\"}]}\n",
        "[{\"image_id\":\"dog.jpg\",\"caption\":\"a dog, running\"}\n"
            + ",{\"image_id\":139,\"caption\":\"a cat\"}\n]\n"
      })
  void everyLayoutIsToldByItsContent(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("candidates"), content);

    assertThat(CandidateFile.read(file).captionsFor(IMAGES))
        .containsExactly("a dog, running", "a cat");
  }

  @Test
  void aNameIsFoundAsTextHasIt() throws IOException {
    List<CaptionedImage> images =
        List.of(image("a\tb.jpg", "a\tb.jpg"), image("a\nc.jpg", "a\nc.jpg"));
    Path file = Files.writeString(folder.resolve("text"), "p/a?b.jpg\tone\np/a?c.jpg\ttwo\n");

    assertThat(CandidateFile.read(file).captionsFor(images)).containsExactly("one", "two");
  }

  @Test
  void aFolderIsNamedAsOne() {
    assertThatThrownBy(() -> CandidateFile.read(folder))
        .hasMessage("Cannot read candidates from " + folder + ": it is a folder.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no captions",
        "a,b\n1,2",
        "{\"image\":1}",
        "{",
        "{\"image\":\"a\",\"caption\":\"b\"}{}",
        "a\tb\tc\td"
      })
  void whatIsNoneOfThemIsNamed(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("candidates"), content);

    assertThatThrownBy(() -> CandidateFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("candidates")
        .hasMessageContaining("expected");
  }
}
