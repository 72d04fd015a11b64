package io.caption4j.encoder.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionTest {
  private static Candidate at(int label, double score, double x) {
    return new Candidate(label, score, new ObjectBox(x, 0, 10, 10));
  }

  @Test
  void oneBoxOfAClassStaysWhereSeveralOverlap() {
    List<Candidate> found =
        List.of(at(1, 0.5, 0), at(1, 0.9, 1), at(2, 0.6, 1), at(1, 0.7, 5), at(1, 0.8, 40));
    assertThat(new Suppression(0.6, 100).apply(found))
        .extracting(Candidate::score)
        .containsExactly(0.9, 0.8, 0.7, 0.6);
    assertThat(new Suppression(0.2, 100).apply(found))
        .extracting(Candidate::score)
        .containsExactly(0.9, 0.8, 0.6);
    assertThat(new Suppression(0.6, 1).apply(found))
        .extracting(Candidate::label)
        .containsExactly(1, 2);
    assertThat(new Suppression(0.6, 1).apply(new ArrayList<>())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,10,10, 1",
    "5,0,10,10, 0.33333",
    "10,0,10,10, 0",
    "0,0,5,10, 0.5",
    "20,20,1,1, 0"
  })
  void overlapIsSharedAreaOverAll(double x, double y, double w, double h, double overlap) {
    ObjectBox box = new ObjectBox(0, 0, 10, 10);
    ObjectBox other = new ObjectBox(x, y, w, h);
    assertThat(box.overlap(other)).isCloseTo(overlap, within(1e-4));
    assertThat(other.overlap(box)).isEqualTo(box.overlap(other));
  }

  @Test
  void boxesAreCutOffAtThePicturesEdges() {
    assertThat(Candidate.within(1, 0.5, -3, 2, 400, 50, 300, 40).box())
        .isEqualTo(new ObjectBox(0, 2, 300, 38));
    assertThat(Candidate.within(1, 0.5, 310, 2, 400, 50, 300, 40)).isNull();
    assertThat(Candidate.within(1, 0.5, 10, 2, 10, 50, 300, 40)).isNull();
    assertThat(Candidate.within(1, 0.5, Double.NaN, 2, 10, 50, 300, 40)).isNull();
    assertThat(Candidate.within(1, Double.NaN, 1, 2, 10, 50, 300, 40)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1,1", "0,NaN,1,1", "0,0,0,1", "0,0,1,-1", "0,0,Infinity,1"})
  void aBoxIsInsideAndNotEmpty(double x, double y, double w, double h) {
    assertThatThrownBy(() -> new ObjectBox(x, y, w, h))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
