package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionPipelineTest {
  private static final Search SEARCH = Search.beam(3).withTop(2);

  @TempDir Path folder;
  private final CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);
  private final TinyEncoder encoder = new TinyEncoder(SmallModels.ENCODER_HASH);
  private final List<Path> files = new ArrayList<>();

  @BeforeEach
  void pictures() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 30; i++) {
      BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 63; p++) {
        image.setRGB(p % 9, p / 9, random.nextInt(1 << 24));
      }
      Path file = folder.resolve("%02d.png".formatted(i));
      ImageIO.write(image, "png", file.toFile());
      files.add(file);
    }
  }

  /** Writes down what it hears, a line each. */
  private static final class Notes implements CaptionPipeline.Listener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void captioned(Path file, List<Caption> captions) {
      lines.add(file.getFileName() + " " + captions.stream().map(Caption::text).toList());
    }

    @Override
    public void refused(Path file, ImageException reason) {
      lines.add(file.getFileName() + " refused: " + reason.getMessage());
    }
  }

  private List<String> run(List<Path> pictures) {
    Notes notes = new Notes();
    try (CaptionPipeline pipeline =
        new CaptionPipeline(() -> Captioner.owning(model, encoder), SEARCH)) {
      pipeline.run(pictures, notes);
    }
    return notes.lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9, 10, 30})
  void givesTheCaptionsOfSinglePicturesInOrder(int count) {
    List<String> expected = new ArrayList<>();
    Captioner captioner = Captioner.of(model, encoder);
    for (Path file : files.subList(0, count)) {
      List<Caption> captions = captioner.caption(new ImageLoader().load(file), SEARCH);
      expected.add(file.getFileName() + " " + captions.stream().map(Caption::text).toList());
    }
    assertThat(run(files.subList(0, count))).isEqualTo(expected);
  }

  @Test
  void theFirstPictureGoesAloneAndTheOthersInEights() {
    run(files);
    assertThat(encoder.batches).containsExactly(1, 8, 8, 8, 5);
    assertThat(encoder.closed).isTrue();
  }

  @Test
  void picturesThatCannotBeReadAreToldOfInTheirPlace() throws IOException {
    Files.writeString(files.get(0), "no picture");
    for (int bad = 9; bad < 17; bad++) { // a whole batch
      Files.delete(files.get(bad));
    }
    List<String> lines = run(files);
    assertThat(lines).hasSize(30);
    for (int i = 0; i < 30; i++) {
      assertThat(lines.get(i)).startsWith(files.get(i).getFileName() + " ");
      assertThat(lines.get(i).contains(" refused: ")).isEqualTo(i == 0 || (i >= 9 && i < 17));
    }
    assertThat(encoder.batches).containsExactly(8, 8, 5);
  }

  @Test
  void noPicturesAreNoWork() {
    assertThat(run(List.of())).isEmpty();
  }

  @Test
  void whatKeepsTheCaptionerFromOpeningIsThrown() {
    try (CaptionPipeline pipeline =
        new CaptionPipeline(() -> Captioner.load(folder.resolve("none.c4j")), SEARCH)) {
      assertThatThrownBy(() -> pipeline.run(files, new Notes()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("There is no model file");
    }
  }

  @Test
  void aDefectInTheEncoderIsThrown() {
    encoder.broken = true;
    assertThatThrownBy(() -> run(files))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(encoder.closed).isTrue();
  }

  /** As when nobody reads the captions any more. */
  @Test
  void aListenerThatThrowsEndsIt() {
    CaptionPipeline.Listener gone =
        new CaptionPipeline.Listener() {
          @Override
          public void captioned(Path file, List<Caption> captions) {
            throw new IllegalStateException("gone");
          }

          @Override
          public void refused(Path file, ImageException reason) {}
        };
    try (CaptionPipeline pipeline =
        new CaptionPipeline(() -> Captioner.owning(model, encoder), SEARCH)) {
      assertThatThrownBy(() -> pipeline.run(files, gone)).hasMessage("gone");
    }
    assertThat(encoder.closed).isTrue();
  }
}
