package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.decoder.Search;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeSettingsTest {
  @TempDir Path folder;

  @Test
  void listensToThisMachineAloneUnlessTold() {
    ServeSettings settings = ServeSettings.of(SettingValues.of(Map.of(), Map.of()));
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(5000);
    assertThat(settings.search().beam()).isEqualTo(Search.DEFAULT_BEAM);
    assertThat(settings.search().top()).isEqualTo(3);
    assertThat(settings.limits().requestBytes()).isLessThan(30_000_000);
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.access().origins()).isEmpty();
    assertThat(settings.access().apiKey()).isEmpty();
  }

  @Test
  void optionWinsOverVariableOverFileOverDefault() throws Exception {
    Path file = folder.resolve("serve.properties");
    Files.writeString(
        file, "# ours\nport = 1\nqueue = 11\nbatch=3\nstop-timeout = 2.5\napi-key = hidden\n");
    Map<String, String> environment =
        Map.of(
            "CAPTION4J_CONFIG", file.toString(), "CAPTION4J_PORT", "2", "CAPTION4J_QUEUE", " 12 ");
    SettingValues values = SettingValues.of(Map.of(Setting.PORT, "3"), environment);
    ServeSettings settings = ServeSettings.of(values);

    assertThat(settings.port()).isEqualTo(3);
    assertThat(settings.queue().pending()).isEqualTo(12);
    assertThat(settings.queue().batch()).isEqualTo(3);
    assertThat(settings.queue().workers()).isEqualTo(2);
    assertThat(settings.stopTimeout()).isEqualTo(Duration.ofMillis(2500));
    assertThat(settings.limits().pictures()).isEqualTo(12); // no more than the queue has places
    assertThat(values.lines())
        .contains(
            "port = 3 (option)",
            "queue = 12 (environment)",
            "batch = 3 (file)",
            "workers = 2 (default)",
            "api-key = *** (file)")
        .noneMatch(line -> line.startsWith("cors"));
    assertThat(settings + values.lines().toString()).doesNotContain("hidden");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "PORT, -1, --port must be 0 to 65535",
    "PORT, many, --port must be 0 to 65535",
    "HOST, '', --host must be",
    "MAX_REQUEST, 0, --max-request must be 1 to 1000",
    "UPLOAD_MEMORY, 31, --upload-memory must be at least twice max-request",
    "BEAM, 11, --beam must be 1 to 10",
    "LENGTH_PENALTY, NaN, --length-penalty must be",
    "QUEUE, 0, --queue must be",
    "DEADLINE, 0, --deadline must be",
    "CORS, example.org, --cors must be origins",
    "ACCESS_LOG, maybe, --access-log must be on or off",
    "STOP_TIMEOUT, -1, --stop-timeout must be",
  })
  void namesWhatIsWrong(Setting setting, String text, String message) {
    SettingValues values = SettingValues.of(Map.of(setting, text), Map.of());
    assertThatThrownBy(() -> ServeSettings.of(values))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("found");
  }

  @Test
  void namesTheVariableThatIsWrong() {
    SettingValues values = SettingValues.of(Map.of(), Map.of("CAPTION4J_BATCH", "x"));
    assertThatThrownBy(() -> ServeSettings.of(values))
        .hasMessage("CAPTION4J_BATCH must be 1 to 128, found x.");
  }

  @Test
  void namesTheLineThatIsWrong() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "prot = 1\n");
    Map<Setting, String> options = Map.of(Setting.CONFIG, file.toString());
    assertThatThrownBy(() -> SettingValues.of(options, Map.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("'prot'");
    Files.writeString(file, "port = x\n");
    assertThatThrownBy(() -> ServeSettings.of(SettingValues.of(options, Map.of())))
        .hasMessage(file + ": port must be 0 to 65535, found x.");
    Files.delete(file);
    assertThatThrownBy(() -> SettingValues.of(options, Map.of()))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("cannot be read");
  }

  @Test
  void recordsCheckThemselves() {
    assertThatThrownBy(() -> new QueueSettings(0, 1, Duration.ZERO, 1))
        .hasMessageStartingWith("pending must be");
    assertThatThrownBy(() -> new AccessSettings(List.of("https://a.org/path"), "", false))
        .hasMessageStartingWith("cors must be");
    ServeSettings usual = Servers.SETTINGS;
    assertThatThrownBy(
            () ->
                new ServeSettings(
                    usual.host(),
                    65_536,
                    usual.tls(),
                    usual.limits(),
                    usual.queue(),
                    usual.access(),
                    usual.search(),
                    usual.cachedAnswers(),
                    usual.virtualThreads(),
                    usual.stopDelay(),
                    usual.stopTimeout()))
        .hasMessageStartingWith("port must be");
  }
}
