package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Brings DL4J's oneDNN layer helpers back: {@code BaseMKLDNNHelper} of 1.0.0-M2.1 looks this class
 * up by its old name, and without it no helper is ever used (convolution is 5 to 8 times slower).
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The two methods that {@code BaseMKLDNNHelper} calls by reflection. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** The one instance. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether ND4J may use its platform helpers. */
    public boolean isUseMKLDNN() {
      return Nd4j.getEnvironment().helpersAllowed();
    }
  }
}
