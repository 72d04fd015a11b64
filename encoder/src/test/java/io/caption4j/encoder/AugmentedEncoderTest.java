package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentedEncoderTest {
  private static ImageEncoder base;

  @BeforeAll
  static void open() {
    base = Encoders.below(new EncoderCut(1), Lite0Files.weights(), EncoderEngine.ONNX);
  }

  @AfterAll
  static void close() {
    base.close();
  }

  @Test
  void noneIsTheEncoderItself() {
    assertThat(AugmentedEncoder.of(base, Augmentation.NONE, 1)).isSameAs(base);
  }

  @Test
  void namesAndHashesKeepVariantsApart() {
    Set<String> hashes = new HashSet<>();
    for (Augmentation variant : Augmentation.values()) {
      assertThat(AugmentedEncoder.of(base, variant, 1).hash())
          .matches("[0-9a-f]{64}")
          .isEqualTo(AugmentedEncoder.of(base, variant, 1).hash());
      hashes.add(AugmentedEncoder.of(base, variant, 1).hash());
      hashes.add(AugmentedEncoder.of(base, variant, 2).hash());
    }
    assertThat(hashes).hasSize(8 + 2 * 8); // the seed matters to the crops alone
    assertThat(AugmentedEncoder.of(base, Augmentation.FLIP, 1).name())
        .isEqualTo("efficientnet-lite0-below-block7a-flip");
    assertThat(AugmentedEncoder.of(base, Augmentation.FLIPPED_CROP, 1).name())
        .isEqualTo("efficientnet-lite0-below-block7a-flipped-crop");
  }

  @ParameterizedTest
  @EnumSource(Augmentation.class)
  void resizingFirstChangesNothing(Augmentation variant) {
    ImageEncoder encoder = AugmentedEncoder.of(base, variant, 7);
    Pixels picture = Samples.pictures(1).get(0);
    Pixels resized = encoder.resize(picture);
    assertThat(resized.width()).isEqualTo(variant.crops() ? 280 : 224);
    assertThat(encoder.encodeGrid(List.of(resized)))
        .containsExactly(encoder.encodeGrid(List.of(picture)));
  }

  @Test
  void theVariantIsWhatIsEncoded() {
    Pixels picture = Samples.pictures(1).get(0);
    Pixels mirrored = Augmentation.FLIP.apply(picture, 0);
    float[] flipped = AugmentedEncoder.of(base, Augmentation.FLIP, 0).encodeGrid(List.of(picture));
    assertThat(LowerEncoderTest.error(flipped, base.encodeGrid(List.of(mirrored))))
        .isLessThan(0.02); // resized before it was mirrored, not after
    float[] crop = AugmentedEncoder.of(base, Augmentation.CROP, 0).encodeGrid(List.of(picture));
    Pixels window = Augmentation.CROP.apply(picture.resize(280, 280), 0);
    assertThat(crop).containsExactly(base.encodeGrid(List.of(window)));
    for (float[] variant : List.of(flipped, crop)) {
      assertThat(LowerEncoderTest.error(variant, base.encodeGrid(List.of(picture))))
          .isGreaterThan(0.05);
    }
  }

  @ParameterizedTest
  @EnumSource(Augmentation.class)
  void theCacheHoldsTheVariant(Augmentation variant, @TempDir Path folder) {
    ImageEncoder encoder = AugmentedEncoder.of(base, variant, 3);
    try (FeatureCache cache = FeatureCache.open(folder, encoder, FeatureCache.Kind.GRID)) {
      Path file = Samples.files().get(1);
      cache.fill(List.of(file), new ImageLoader(), 1, Progress.NONE);
      float[] row = new float[cache.rowLength()];
      cache.read(0, row, 0);
      assertThat(row)
          .containsExactly(
              encoder.encodeGrid(List.of(new ImageLoader().load(file))), within(0.02f));
    }
    assertThat(folder.toFile().list()).singleElement().asString().startsWith(encoder.name() + "-");
  }
}
