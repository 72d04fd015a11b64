package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.Pixels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RegionEncoderTest {
  private final MeanEncoder encoder = new MeanEncoder();

  /** Red on the left, as wide as told, blue on the right. */
  private static Pixels redBlue(int width, int height, int red) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i + (i % width < red ? 0 : 2)] = (byte) 255;
    }
    return new Pixels(width, height, rgb);
  }

  @ParameterizedTest
  @EnumSource(RegionFeatures.class)
  void seesWhatIsInEachBox(RegionFeatures features) {
    RegionProposer proposer =
        (width, height) ->
            List.of(
                Box.whole(width, height),
                new Box(0, 0, width * 3 / 7, height),
                new Box(width * 3 / 7, height / 7, width * 4 / 7, height / 7),
                new Box(width * 2 / 7, 0, width * 2 / 7, height / 7));
    // Two pictures of unequal size, red over 3 of 7 columns, and one all blue.
    List<Pixels> pictures = List.of(redBlue(28, 42, 12), redBlue(70, 35, 30), redBlue(14, 14, 0));

    List<RawRegions> regions = new RegionEncoder(encoder, proposer, features).encode(pictures);

    assertThat(regions).hasSize(3);
    float whole = 255f * 3 / 7;
    for (RawRegions found : regions.subList(0, 2)) {
      assertThat(found.channels()).isEqualTo(3);
      assertThat(found.features())
          .containsExactly(
              new float[] {whole, 0, 255 - whole, 255, 0, 0, 0, 0, 255, 127.5f, 0, 127.5f},
              within(1.5f)); // resized pictures are of whole numbers
    }
    assertThat(regions.get(2).features())
        .containsExactly(new float[] {0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255}, within(1e-3f));
    assertThat(regions.get(1).boxes()).isEqualTo(proposer.propose(70, 35));
  }

  @Test
  void theGridTakesOnePassAndCropsGoTogetherInEights() {
    List<Pixels> pictures = List.of(redBlue(30, 20, 3), redBlue(17, 23, 9));

    new RegionEncoder(encoder, new GridWindows(), RegionFeatures.GRID).encode(pictures);
    assertThat(encoder.batches).containsExactly(2);
    encoder.batches.clear();
    new RegionEncoder(encoder, new GridWindows(), RegionFeatures.CROPS).encode(pictures);
    assertThat(encoder.batches).containsExactly(8, 8, 8, 8, 8);
  }

  /** A seventh is a pixel of the encoder's: all windows are whole cells, so both ways agree. */
  @Test
  void bothWaysAgreeWhereNothingIsResized() {
    Pixels picture = redBlue(14, 14, 6);
    var grid = new RegionEncoder(encoder, new GridWindows(), RegionFeatures.GRID);
    var crops = new RegionEncoder(encoder, new GridWindows(), RegionFeatures.CROPS);

    RawRegions pooled = grid.encode(List.of(picture)).get(0);
    RawRegions cropped = crops.encode(List.of(picture)).get(0);

    assertThat(pooled.boxes()).isEqualTo(cropped.boxes());
    assertThat(pooled.features()).containsExactly(cropped.features(), within(12f)); // bicubic edges
    assertThat(pooled.features()).contains(255f).contains(0f);
  }

  @ParameterizedTest
  @EnumSource(RegionFeatures.class)
  void aBoxOutsideIsRefused(RegionFeatures features) {
    RegionProposer outside = (width, height) -> List.of(new Box(1, 1, width, 1));
    var regions = new RegionEncoder(encoder, outside, features);
    assertThatThrownBy(() -> regions.encode(List.of(redBlue(9, 9, 2))))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("reaches out of the picture of 9 x 9");
  }

  @Test
  void rawRegionsHaveARowForEachBox() {
    List<Box> boxes = List.of(new Box(0, 0, 1, 1), new Box(1, 0, 1, 1));
    assertThatThrownBy(() -> new RawRegions(boxes, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 boxes, found 3");
    assertThat(new RawRegions(boxes, new float[] {1, 2}))
        .isEqualTo(new RawRegions(boxes, new float[] {1, 2}))
        .isNotEqualTo(new RawRegions(boxes, new float[] {1, 3}));
  }
}
