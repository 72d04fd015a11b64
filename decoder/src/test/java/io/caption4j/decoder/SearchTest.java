package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.decoder.Search.Diversity;
import io.caption4j.decoder.Search.Sampling;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchTest {
  /** A search that must not be made, and what the message says. */
  record Wrong(Supplier<?> search, String message) {}

  static List<Wrong> wrong() {
    Sampling sampling = Sampling.of(1);
    return List.of(
        new Wrong(() -> Search.beam(0), "beam must be 1 to 100, found 0."),
        new Wrong(() -> Search.beam(3).withTop(4), "top must be 1 to beam (3), found 4."),
        new Wrong(() -> Search.samples(101, sampling), "top must be 1 to 100, found 101."),
        new Wrong(
            () -> new Search(3, 1, 20, 0.7, false, Diversity.NONE, sampling, List.of()),
            "beam must be 1 where words are sampled, found 3."),
        new Wrong(
            () -> Search.beam(6).withDiversity(new Diversity(4, 1)),
            "diversity.groups must be a divisor of beam (6), found 4."),
        new Wrong(
            () -> Search.samples(4, sampling).withDiversity(new Diversity(2, 1)),
            "diversity.groups must be a divisor of beam (1), found 2."),
        new Wrong(
            () -> Search.samples(4, sampling).withRequired(List.of(RequiredWords.of("dog"))),
            "required must be nothing where words are sampled, found 1."),
        new Wrong(
            () ->
                Search.beam(6)
                    .withDiversity(new Diversity(3, 1))
                    .withRequired(List.of(RequiredWords.of("dog"))),
            "required must be nothing with groups of the beam, found 1."),
        new Wrong(
            () -> Search.beam(3).withRequired(Collections.nCopies(5, RequiredWords.of("dog"))),
            "required must be four words"),
        new Wrong(
            () ->
                Search.beam(3).withRequired(List.of(RequiredWords.of("a", "dog"))).withMaxLength(1),
            "maxLength must be as long as what is required, 2, found 1."),
        new Wrong(() -> RequiredWords.of(), "each of one word or more, found [[]]."),
        new Wrong(() -> new Diversity(0, 0), "groups must be 1 to 100, found 0."),
        new Wrong(() -> new Diversity(2, -1), "penalty must be 0 to 100, found -1.0."),
        new Wrong(() -> new Diversity(1, 0.5), "penalty must be 0 with one group, found 0.5."),
        new Wrong(() -> new Sampling(11, 0, 1, 0), "temperature must be 0 to 10, found 11.0."),
        new Wrong(() -> new Sampling(Double.NaN, 0, 1, 0), "temperature must be 0 to 10"),
        new Wrong(() -> new Sampling(1, -1, 1, 0), "topK must be 0 or more, found -1."),
        new Wrong(() -> new Sampling(1, 0, 0, 0), "topP must be above 0 to 1, found 0.0."),
        new Wrong(() -> new Sampling(0, 5, 1, 0), "topK must be 0 without a temperature"),
        new Wrong(() -> new Sampling(0, 0, 0.9, 0), "topP must be 1 without a temperature"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesWhatIsOutOfRangeOrContradictory(Wrong wrong) {
    assertThatThrownBy(wrong.search()::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong.message());
  }

  @Test
  void aChangeOfOneSettingKeepsTheOthers() {
    Search search =
        Search.beam(6)
            .withTop(2)
            .withMaxLength(9)
            .withLengthPenalty(1.5)
            .withBlockTrigrams(true)
            .withDiversity(new Diversity(3, 0.5));
    assertThat(search)
        .isEqualTo(new Search(6, 2, 9, 1.5, true, new Diversity(3, 0.5), Sampling.OFF, List.of()));
    Search required = Search.beam(3).withRequired(List.of(RequiredWords.of("dog")));
    assertThat(required.withTop(2).withMaxLength(9).withLengthPenalty(0).required())
        .isEqualTo(required.required());
    assertThat(search.withTop(2).withMaxLength(9).withLengthPenalty(1.5)).isEqualTo(search);
    assertThat(Search.beam(3)).isEqualTo(new Search(3, 1, 20, 1));
    Sampling sampling = new Sampling(0.5, 10, 0.9, 7);
    assertThat(Search.samples(5, sampling).withTop(3).withBlockTrigrams(true))
        .isEqualTo(new Search(1, 3, 20, 1, true, Diversity.NONE, sampling, List.of()));
  }
}
