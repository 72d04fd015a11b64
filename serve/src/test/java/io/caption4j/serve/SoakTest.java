package io.caption4j.serve;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load with faults, two seconds of it, and twenty with {@code -Pfull}; there {@code
 * -Dcaption4j.soak.seconds=600} is the long run of docs/reliability.md.
 */
class SoakTest {
  private static final int SECONDS = Integer.getInteger("caption4j.soak.seconds", 20);

  @TempDir private Path folder;

  @Test
  void holdsNoMoreAfterwardsThanBefore() throws Exception {
    run(2);
  }

  @Test
  @Tag("long")
  void norAfterALongTime() throws Exception {
    run(SECONDS);
  }

  private void run(int seconds) throws Exception {
    ChildJvm.run(
        folder,
        Duration.ofSeconds(seconds + 600),
        Soak.class,
        "-Xmx2g",
        "-Dcaption4j.soak.seconds=" + seconds);
  }
}
