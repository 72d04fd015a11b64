package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.DataException;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Explanation;
import io.caption4j.decoder.Explanation.WordAttention;
import io.caption4j.explain.ExplanationSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainerTest {
  private static final Path BEAR = Path.of("..", "samples", "bear.jpg");
  private static final Caption CAPTION = new Caption(List.of("a", "bear"), -1);

  @TempDir Path folder;

  /** Looks at one of four corners for each word. */
  private static Explanation corners(Pixels picture, Caption caption) {
    return new Explanation(
        caption,
        caption.words().stream()
            .map(word -> new WordAttention(word, new float[] {0, 0.6f, 0.2f, 0}, 0.2))
            .toList());
  }

  @Test
  void eachPictureGetsAFileOfItsOwn() throws IOException {
    Path where = folder.resolve("new/explained");
    Path other = Files.createDirectory(folder.resolve("other"));
    Path capital = Files.copy(BEAR, other.resolve("BEAR.jpg"));
    Path dots = Files.copy(BEAR, other.resolve("bear-2.x.jpg"));
    Explainer explainer = new Explainer(ExplainerTest::corners, where);

    assertThat(explainer.explain(BEAR, CAPTION)).isEqualTo(where.resolve("bear.png"));
    assertThat(explainer.explain(BEAR, CAPTION)).isEqualTo(where.resolve("bear-2.png"));
    assertThat(explainer.explain(capital, CAPTION)).isEqualTo(where.resolve("BEAR-3.png"));
    assertThat(explainer.explain(dots, CAPTION)).isEqualTo(where.resolve("bear-2.x.png"));

    ImageLoader loader = new ImageLoader();
    Pixels bear = loader.load(BEAR);
    assertThat(loader.load(where.resolve("bear.png")).rgb())
        .isEqualTo(ExplanationSheet.draw(bear, corners(bear, CAPTION)).rgb());
  }

  @Test
  void aFileInTheFoldersPlaceIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new Explainer(ExplainerTest::corners, file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("--explain")
        .hasMessageContaining(file.toString());
  }

  @Test
  void aPictureThatIsGoneIsNamed() {
    Explainer explainer = new Explainer(ExplainerTest::corners, folder);
    Path gone = folder.resolve("gone.jpg");
    assertThatThrownBy(() -> explainer.explain(gone, CAPTION))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(gone.toString());
  }
}
