package io.caption4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceByLossTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, true",
    "2, 0, true",
    "4, 0, true",
    "5, 0, false",
    "1000, 0, false",
    "1, 5, true",
    "2, 5, false",
    "1000, 5, false",
  })
  void fewPicturesTellNothingByCiderD(int pictures, int samples, boolean byLoss) {
    HyperparametersBuilder builder = Hyperparameters.builder();
    Hyperparameters hyper = (samples == 0 ? builder : builder.selfCritical(samples)).build();
    assertThat(ChoiceByLoss.applies(pictures, hyper)).isEqualTo(byLoss);
  }
}
