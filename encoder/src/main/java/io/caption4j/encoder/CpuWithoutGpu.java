package io.caption4j.encoder;

import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/**
 * ND4J's CPU backend, which comes first where no GPU can be used: ND4J would ask its CUDA backend
 * first, which prints a stack trace for a missing driver before the CPU's is taken. Where there is
 * a GPU this one steps aside. ND4J finds it as a service.
 */
public final class CpuWithoutGpu extends CpuBackend {
  /** For ND4J. */
  public CpuWithoutGpu() {}

  @Override
  public boolean isAvailable() {
    return !Cuda.usable();
  }

  @Override
  public boolean canRun() {
    return isAvailable();
  }

  @Override
  public int getPriority() {
    return Math.max(BACKEND_PRIORITY_GPU, BACKEND_PRIORITY_CPU) + 1;
  }
}
