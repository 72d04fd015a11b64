package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          caption DIR/none.jpg                                  | There is no file or folder
          caption DIR/empty                                     | has no pictures
          caption --recursive DIR/empty                         | has no pictures
          caption --model DIR/none.c4j DIR/picture.jpg          | There is no model file
          caption --model DIR/text DIR/picture.jpg              | is not a whole model file
          detect DIR/none.jpg                                   | There is no file or folder
          detect DIR/empty                                      | has no pictures
          detect DIR/picture.jpg                                | picture.jpg
          detect --detector onnx:DIR/none.onnx --classes DIR/text DIR/picture.jpg | there is no such ONNX file
          detect --detector onnx:DIR/text --classes DIR/text DIR/picture.jpg | cannot be read
          detect --detector onnx:DIR/text --classes DIR/none DIR/picture.jpg | there is no such file of classes
          align show --model DIR/none.c4a DIR/picture.jpg       | There is no alignment model
          align show --regions DIR/none.json DIR/picture.jpg    | none.json
          align snippets --data DIR/none --out DIR/out.npy      | There is no file or folder
          caption --regions --region-model DIR/text DIR/picture.jpg | is not a whole model file
          info DIR/none.c4j                                     | There is no model file
          info DIR/text                                         | is not a whole model file
          evaluate --data DIR/none                              | There is no file or folder
          evaluate --data DIR/empty                             | is empty
          train --data DIR/none --out DIR/run                   | There is no file or folder
          features --images DIR/none --out DIR/out.npy          | There is no file or folder
          features --images DIR/empty --out DIR/out.npy         | has no pictures
          search a dog --images DIR/none                        | There is no file or folder
          search a dog --images DIR/empty                       | has no pictures
          search a dog --images DIR/picture.jpg --model DIR/none.c4a | There is no alignment model
          serve --port 0 --align-model DIR/none.c4a             | There is no alignment model
          serve --port 0 --detector onnx:DIR/none.onnx --classes DIR/text | none.onnx
          serve --port 0 --detector onnx:DIR/text --classes DIR/none | there is no such file of classes
          serve --port 0 --align-model none --search-images DIR/empty | without an alignment model
          score --references DIR/none --candidates DIR/text     | Cannot read candidates
          """)
  void whatAMessageExplainsIsExitCode1AndOneLine(String line, String message) throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    Files.writeString(folder.resolve("text"), "not what it should be\n");
    Files.writeString(folder.resolve("picture.jpg"), "not a picture\n");

    // Split first: the folder may have blanks in its name.
    Run run =
        Run.of(Stream.of(line.split(" ")).map(a -> a.replace("DIR", folder.toString())).toArray());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("caption4j: ").contains(message).contains(folder.toString());
    assertThat(folder.resolve("out.npy")).doesNotExist();
  }

  @Test
  void aReaderThatLeavesIsNoError() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StringWriter err = new StringWriter();
    Path references = folder.resolve("dataset_small.json");
    Path candidates = folder.resolve("candidates.json");
    ScoreCommandTest.write(
        references,
        "{\"images\":[{\"filename\":\"a.jpg\",\"split\":\"test\",",
        "\"sentences\":[{\"raw\":\"a dog\"}]}]}");
    ScoreCommandTest.write(candidates, "[{\"image_id\":\"a.jpg\",\"caption\":\"a cat\"}]");

    int code =
        Main.run(
            new String[] {
              "score", "--references", references.toString(), "--candidates", candidates.toString()
            },
            new PrintWriter(closed),
            new PrintWriter(err));

    assertThat(err.toString()).doesNotContain("Exception").doesNotContain("unexpected");
    assertThat(code).isZero();
  }
}
