package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxFileTest {
  private static final Path DOG = Path.of("dog.jpg");

  @TempDir Path folder;

  private BoxFile file(String json) throws IOException {
    return BoxFile.read(Files.writeString(folder.resolve("boxes.json"), json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"x": 1, "y": 2, "width": 3, "height": 4}                          | 1 | 2 | 3  | 4
          {"score": 0.9, "height": 4, "width": 3, "y": 2, "x": 1, "class": 5} | 1 | 2 | 3  | 4
          [1, 2, 3, 4]                                                       | 1 | 2 | 3  | 4
          {"bbox": [1, 2, 3, 4], "category_id": 18}                          | 1 | 2 | 3  | 4
          [0.6, 1.4, 3.0, 4.2]                                               | 1 | 1 | 3  | 5
          [-0.3, 0, 10.3, 10.4]                                              | 0 | 0 | 10 | 10
          [9.7, 9.9, 0.2, 0.05]                                              | 9 | 9 | 1  | 1
          [1e0, 2.0, 3, 4]                                                   | 1 | 2 | 3  | 4
          """)
  void readsBoxesInEachForm(String box, int x, int y, int width, int height) throws IOException {
    BoxFile boxes = file("{\"dog.jpg\": [" + box + "]}");
    assertThat(boxes.of(DOG).propose(12, 11))
        .containsExactly(Box.whole(12, 11), new Box(x, y, width, height));
  }

  @Test
  void theWholePictureIsFirstAndOnce() throws IOException {
    BoxFile boxes =
        file(
            """
            {"none.jpg": [], "first.jpg": [[0, 0, 9, 5], [1, 1, 2, 2]],
             "later.jpg": [[1, 1, 2, 2], [0, 0, 9, 5], [3, 0, 2, 2]]}
            """);
    Box whole = Box.whole(9, 5);
    Box small = new Box(1, 1, 2, 2);
    assertThat(boxes.pictures()).containsExactly("none.jpg", "first.jpg", "later.jpg");
    assertThat(boxes.of(Path.of("none.jpg")).propose(9, 5)).containsExactly(whole);
    assertThat(boxes.of(Path.of("first.jpg")).propose(9, 5)).containsExactly(whole, small);
    assertThat(boxes.of(Path.of("later.jpg")).propose(9, 5))
        .containsExactly(whole, small, new Box(3, 0, 2, 2));
  }

  @Test
  void aPictureIsFoundByTheEndOfItsPath() throws IOException {
    BoxFile boxes = file("{\"dog.jpg\": [[0, 0, 1, 1]], \"b/dog.jpg\": [[0, 0, 2, 2]]}");
    assertThat(boxes.of(Path.of("/photos/a/dog.jpg")).propose(9, 9)).contains(new Box(0, 0, 1, 1));
    assertThat(boxes.of(Path.of("/photos/b/dog.jpg")).propose(9, 9)).contains(new Box(0, 0, 2, 2));
    assertThatThrownBy(() -> boxes.of(Path.of("photos", "cat.jpg")))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("boxes.json")
        .hasMessageContaining("photos")
        .hasMessageContaining("\"cat.jpg\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1, 2, 3]                                   | found [1,2,3]
          [1, 2, 3, 4, 5]                             | found [1,2,3,4,5]
          {"x": 1, "y": 2, "width": 3}                | the numbers x, y, width and height
          {"x": 1, "y": 2, "width": 3, "height": "4"} | the numbers x, y, width and height
          {"bbox": 7}                                 | found {"bbox":7}
          null                                        | found null
          [0, 0, 0, 3]                                | width and height above 0
          [0, 0, 3, -1]                               | width and height above 0
          [-1, 0, 3, 3]                               | x and y of 0 or more
          [0, -1e300, 3, 3]                           | x and y of 0 or more
          [0, 0, 1e300, 3]                            | pixels of a picture
          """)
  void aBoxThatIsNoneIsNamed(String box, String message) {
    assertThatThrownBy(() -> file("{\"a.jpg\": [],\n\"dog.jpg\": [[0, 0, 1, 1], " + box + "]}"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(folder.resolve("boxes.json") + ": dog.jpg, box 2: expected ")
        .hasMessageContaining(message);
  }

  @Test
  void aBoxOutsideThePictureIsNamed() throws IOException {
    RegionProposer boxes = file("{\"dog.jpg\": [[0, 0, 1, 1], [5, 5, 6, 2]]}").of(DOG);
    assertThat(boxes.propose(11, 7)).hasSize(3);
    for (int[] size : List.of(new int[] {10, 7}, new int[] {11, 6})) {
      assertThatThrownBy(() -> boxes.propose(size[0], size[1]))
          .isInstanceOf(AlignException.class)
          .hasMessageStartingWith(folder.resolve("boxes.json") + ": dog.jpg, box 2: ")
          .hasMessageContaining("reaches out of the picture of %d x %d", size[0], size[1]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                  | expected an object
          {"dog.jpg": {}}                     | dog.jpg: expected a list of boxes
          {"dog.jpg": [], "dog.jpg": []}      | dog.jpg stands twice
          {"dog.jpg": [[1, 2, 3, 4}           | is not valid JSON: line 1
          """)
  void aFileOfAnotherLayoutIsNamed(String json, String message) {
    assertThatThrownBy(() -> file(json))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("boxes.json")
        .hasMessageContaining(message);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> BoxFile.read(folder.resolve("none.json")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("none.json");
  }
}
