package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.decoder.Caption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistinctRegionsTest {
  private static final Box LEFT = new Box(0, 0, 100, 100);
  private static final Box NEARLY_LEFT = new Box(20, 0, 100, 100); // 80 of 120 in common
  private static final Box RIGHT = new Box(150, 0, 100, 100);
  private static final Box FAR = new Box(300, 0, 100, 100);

  private static RegionCaption caption(Box box, double logProbability, String text) {
    return new RegionCaption(
        box, new Caption(text.isEmpty() ? List.of() : List.of(text.split(" ")), logProbability));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, 10, 1",
    "10, 0, 10, 10, 0",
    "0, 30, 10, 10, 0",
    "5, 0, 10, 10, 0.3333333",
    "2, 2, 5, 5, 0.25",
    "0, 0, 20, 20, 0.25",
    "2147483646, 0, 1000, 1, 0"
  })
  void overlapIsOfBothOverEither(int x, int y, int width, int height, double expected) {
    Box box = new Box(x, y, width, height);
    Box square = new Box(0, 0, 10, 10);
    assertThat(square.overlap(box)).isCloseTo(expected, within(1e-6));
    assertThat(box.overlap(square)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void aSurerCaptionDrivesOutOverlappingBoxes() {
    RegionCaption cat = caption(RIGHT, -3, "a cat");
    RegionCaption dog = caption(LEFT, -2, "a dog");
    RegionCaption animal = caption(NEARLY_LEFT, -2.5, "an animal");

    assertThat(DistinctRegions.USUAL.of(List.of(cat, animal, dog))).containsExactly(dog, cat);
    assertThat(new DistinctRegions(0.7, 5).of(List.of(cat, animal, dog)))
        .containsExactly(dog, animal, cat);
  }

  @Test
  void whatWasDrivenOutDrivesNothingOut() {
    // The last overlaps with the second alone, which the first has driven out.
    Box first = new Box(0, 0, 100, 100);
    Box second = new Box(0, 30, 100, 100);
    Box third = new Box(0, 60, 100, 100);
    List<RegionCaption> found =
        List.of(caption(first, -1, "a"), caption(second, -2, "b"), caption(third, -3, "c"));
    assertThat(new DistinctRegions(0.4, 5).of(found)).containsExactly(found.get(0), found.get(2));
  }

  @Test
  void aTextIsSaidOnceAndNothingIsNotSaid() {
    RegionCaption dog = caption(LEFT, -2, "a dog");
    List<RegionCaption> found = List.of(caption(RIGHT, -4, "a dog"), dog, caption(FAR, -0.1, ""));
    assertThat(DistinctRegions.USUAL.of(found)).containsExactly(dog);
    assertThat(DistinctRegions.USUAL.of(List.of())).isEmpty();
  }

  @Test
  void longCaptionsAreNotLessSureForTheirLength() {
    RegionCaption brief = caption(LEFT, -3, "a dog"); // -1 a step
    RegionCaption longer = caption(RIGHT, -4, "a brown dog runs on grass"); // -4/7 a step
    assertThat(DistinctRegions.USUAL.of(List.of(brief, longer))).containsExactly(longer, brief);
    assertThat(new DistinctRegions(0.5, 1).of(List.of(brief, longer))).containsExactly(longer);
  }

  @Test
  void equallySureOnesStayInOrder() {
    List<RegionCaption> found =
        List.of(caption(FAR, -2, "x y"), caption(LEFT, -2, "a b"), caption(RIGHT, -2, "c d"));
    assertThat(DistinctRegions.USUAL.of(found)).isEqualTo(found);
  }

  @Test
  void rangesAreChecked() {
    assertThatThrownBy(() -> new DistinctRegions(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new DistinctRegions(0.5, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
