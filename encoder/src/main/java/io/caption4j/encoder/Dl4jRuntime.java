package io.caption4j.encoder;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Sets DL4J up the way this project needs it; call {@link #prepare} before the first layer is made.
 *
 * <p>DL4J 1.0.0-M2.1 has its oneDNN layer helpers switched off, and cannot find them when they are
 * switched on. This switch and the class {@link org.nd4j.nativeblas.Nd4jCpu} bring them back, which
 * makes convolution 5 to 8 times faster. Everything else is right as it comes: float by default, no
 * periodic garbage collection. {@code -Dorg.eclipse.deeplearning4j.helpers.disable=true} on the
 * command line is respected.
 */
public final class Dl4jRuntime {
  /** DL4J's own switch, read by it whenever a layer is made. */
  static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  private static final String PORTABLE = "caption4j.portable";

  static {
    if (System.getProperty(HELPERS_DISABLED) == null) {
      System.setProperty(HELPERS_DISABLED, "false");
    }
  }

  private Dl4jRuntime() {}

  /** Makes sure that the set-up has happened; costs nothing. Safe from any thread. */
  public static void prepare() {
    // The static initialiser has run by now.
  }

  /**
   * Whether ND4J computes on the CPU, in memory that Java can read and write. {@value #PORTABLE}
   * set to true denies it: a test then runs on a CPU what a GPU would run.
   */
  public static boolean onCpu() {
    return Backend.CPU;
  }

  /** What ND4J runs on, asked for once: the answer is long. */
  private static final class Backend {
    private static final boolean CPU =
        !Boolean.getBoolean(PORTABLE)
            && "CPU"
                .equalsIgnoreCase(
                    Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend"));
  }
}
