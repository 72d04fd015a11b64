package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionerTest {
  private final CaptionModel model = SmallModels.model(SmallModels.settings(30), 3);
  private final TinyEncoder encoder = new TinyEncoder(SmallModels.ENCODER_HASH);

  @Test
  void searchesWithThePooledFeatures() {
    Search search = Search.beam(3).withTop(2);
    List<Pixels> pictures = pictures(20);
    try (Captioner captioner = Captioner.of(model, encoder)) {
      List<List<Caption>> captions = captioner.captionAll(pictures, search);
      float[] pooled = new TinyEncoder("").encodePooled(pictures);
      List<List<Caption>> expected = new CaptionSearcher(model).search(pooled, 20, search);
      assertThat(captions).hasSize(20);
      for (int i = 0; i < 20; i++) {
        assertThat(captions.get(i).get(0).words()).isEqualTo(expected.get(i).get(0).words());
        assertThat(captioner.caption(pictures.get(i), search).get(1).words())
            .isEqualTo(captions.get(i).get(1).words());
      }
      assertThat(captioner.card()).isSameAs(model.card());
    }
  }

  @Test
  void encodesNoMorePicturesAtOnceThanItsBatch() {
    Captioner.of(model, encoder).captionAll(pictures(20), Search.greedy());
    assertThat(encoder.batches).containsExactly(8, 8, 4);
  }

  @Test
  void noPicturesHaveNoCaptions() {
    assertThat(Captioner.of(model, encoder).captionAll(List.of(), Search.greedy())).isEmpty();
  }

  @Test
  void leavesAnEncoderOpenThatItDidNotOpen() {
    Captioner.of(model, encoder).close();
    assertThat(encoder.closed).isFalse();
  }

  @Test
  void refusesAnotherEncoder() {
    TinyEncoder other = new TinyEncoder("cd".repeat(32));
    assertThatThrownBy(() -> Captioner.of(model, other))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(SmallModels.ENCODER_HASH)
        .hasMessageContaining(other.hash());
  }

  @Test
  void opensTheEncoderThatTheModelFileNames(@TempDir Path folder) throws IOException {
    DecoderSettings sizes = new DecoderSettings(DecoderSettings.SHOW_TELL, 1280, 30, 5, 7, 0.3);
    CaptionModel small = SmallModels.model(sizes, 2);
    Path file = folder.resolve("model.c4j");
    try (ImageEncoder real = Encoders.byName(Encoders.EFFICIENTNET_LITE0)) {
      SmallModels.withEncoder(small, PackedEncoder.bundled(), real.hash()).save(file);
    }
    BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(7, 7, 0xff8800);
    Path png = folder.resolve("picture.png");
    ImageIO.write(picture, "png", png.toFile());
    try (Captioner captioner = Captioner.load(file)) {
      List<Caption> captions = captioner.caption(png, Search.beam(3).withTop(3));
      assertThat(captions).hasSize(3);
      assertThat(captioner.caption(Files.readAllBytes(png), Search.beam(3).withTop(3)))
          .isEqualTo(captions);
    }

    SmallModels.withEncoder(small, PackedEncoder.bundled(), SmallModels.ENCODER_HASH).save(file);
    assertThatThrownBy(() -> Captioner.load(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(SmallModels.ENCODER_HASH);
    SmallModels.withEncoder(small, PackedEncoder.named("retina"), SmallModels.ENCODER_HASH)
        .save(file);
    assertThatThrownBy(() -> Captioner.load(file))
        .isInstanceOf(Caption4jException.class)
        .hasMessageContaining("retina");
  }

  private static List<Pixels> pictures(int count) {
    Random random = new Random(1);
    List<Pixels> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[12];
      random.nextBytes(rgb);
      pictures.add(new Pixels(2, 2, rgb));
    }
    return pictures;
  }
}
