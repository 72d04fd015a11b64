package io.caption4j.serve;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load with faults, a few seconds of it by default; {@code -Dcaption4j.soak.seconds=600} is
 * the long run of docs/reliability.md.
 */
class SoakTest {
  private static final int SECONDS = Integer.getInteger("caption4j.soak.seconds", 6);

  @Test
  void holdsNoMoreAfterwardsThanBefore(@TempDir Path folder) throws Exception {
    ChildJvm.run(
        folder,
        Duration.ofSeconds(SECONDS + 120),
        Soak.class,
        "-Xmx2g",
        "-Dcaption4j.soak.seconds=" + SECONDS);
  }
}
