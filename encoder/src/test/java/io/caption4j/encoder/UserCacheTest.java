package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCacheTest {
  @ParameterizedTest
  @CsvSource({
    "NONE,            /x,       Linux,      /home/a/.cache/caption4j",
    "XDG_CACHE_HOME,  /big,     Linux,      /big/caption4j",
    "XDG_CACHE_HOME,  relative, Linux,      /home/a/.cache/caption4j",
    "NONE,            /x,       Mac OS X,   /home/a/Library/Caches/caption4j",
    "LOCALAPPDATA,    /local,   Windows 11, /local/caption4j/cache",
    "NONE,            /x,       Windows 11, /home/a/.cache/caption4j"
  })
  void liesWhereTheSystemWantsCaches(String variable, String value, String system, Path expected) {
    assertThat(UserCache.folder(Map.of(variable, value), system, "/home/a")).isEqualTo(expected);
  }
}
