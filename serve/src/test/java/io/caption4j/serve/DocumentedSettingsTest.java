package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of settings in docs/rest-api.md is that of the code. */
class DocumentedSettingsTest {
  private static final Path PAGE = Path.of("..", "docs", "rest-api.md");

  @ParameterizedTest
  @EnumSource(Setting.class)
  void holdsEverySetting(Setting setting) throws IOException {
    String initial = setting.initial();
    String row =
        "| `%s` | %s | %s |"
            .formatted(
                setting.key(),
                initial.isEmpty() ? "" : "`" + initial + "`",
                setting.description().replace("|", "\\|"));
    assertThat(Files.readString(PAGE).lines()).contains(row);
  }
}
