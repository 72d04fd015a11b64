package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServeSettingsTest {
  @Test
  void listensToThisMachineAloneUnlessTold() {
    ServeSettings settings = ServeSettings.builder().build();
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(5000);
    assertThat(settings.search().beam()).isEqualTo(3);
    assertThat(settings.search().top()).isEqualTo(3);
    assertThat(settings.maxRequestBytes()).isLessThan(30_000_000);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        row("host", b -> b.host(" ")),
        row("port", b -> b.port(-1)),
        row("port", b -> b.port(65_536)),
        row("maxRequestBytes", b -> b.maxRequestBytes(0)),
        row("maxConcurrent", b -> b.maxConcurrent(0)),
        row("maxWaiting", b -> b.maxWaiting(-1)),
        row("maxWait", b -> b.maxWait(Duration.ofSeconds(-1))),
        row("stopTimeout", b -> b.stopTimeout(Duration.ofSeconds(-1))));
  }

  private static Arguments row(String name, UnaryOperator<ServeSettings.Builder> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void namesWhatIsWrong(String name, UnaryOperator<ServeSettings.Builder> change) {
    assertThatThrownBy(() -> change.apply(ServeSettings.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be");
  }
}
