package io.caption4j.encoder;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an NVIDIA GPU can be used. caption4j built with {@code -Pcuda} carries CUDA 11.6's
 * libraries, so that a driver is all that a machine must have; elsewhere nothing is asked.
 */
final class Cuda {
  private static final Logger LOG = LoggerFactory.getLogger(Cuda.class);

  /** JavaCPP's bindings, each a class that loads its library; they need not be there. */
  private static final String PACKAGE = "org.bytedeco.cuda.global.";

  private static final String RUNTIME = PACKAGE + "cudart";

  /** What ONNX Runtime's CUDA provider is linked with, besides the runtime. */
  private static final String[] LIBRARIES = {"cublas", "cudnn", "cufft", "curand"};

  /** Where it shows itself on Linux, the last one in Windows' subsystem for it. */
  private static final List<String> DRIVERS =
      List.of("/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg");

  private static final String NO_DRIVER = "its driver is not installed";

  /** The answer, found when it is first asked for. */
  private static final class Holder {
    private static final String MISSING = missing();
  }

  private Cuda() {}

  /** Whether caption4j was built for GPUs and there is one; if there is none, a line says why. */
  static boolean usable() {
    return Holder.MISSING == null;
  }

  /**
   * Loads the libraries of CUDA that others are linked with: who is loaded later finds them by
   * their names.
   *
   * @throws LinkageError if one is missing
   */
  static void loadLibraries() {
    try {
      for (String library : LIBRARIES) {
        Class.forName(PACKAGE + library);
      }
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(e.getMessage());
    }
  }

  /** Why there is no GPU to use; null if there is one. */
  private static String missing() {
    Class<?> runtime;
    try {
      runtime = Class.forName(RUNTIME, false, Cuda.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return "not built with -Pcuda"; // which is no one's mistake
    }
    // CUDA's libraries, 2 GB, are unpacked when they are asked: not where it is in vain.
    String reason = driver() ? missing(runtime) : NO_DRIVER;
    if (reason != null) {
      LOG.warn("No NVIDIA GPU can be used ({}); everything runs on the CPU.", reason);
    }
    return reason;
  }

  /** Whether there are traces of NVIDIA's driver. */
  private static boolean driver() {
    return DRIVERS.stream().map(Path::of).anyMatch(Files::exists)
        || Files.exists(
            Path.of(System.getenv().getOrDefault("SystemRoot", "/"), "System32", "nvcuda.dll"));
  }

  private static String missing(Class<?> runtime) {
    try {
      int[] count = new int[1];
      int error = (int) runtime.getMethod("cudaGetDeviceCount", int[].class).invoke(null, count);
      if (error != 0) {
        Pointer text =
            (Pointer) runtime.getMethod("cudaGetErrorString", int.class).invoke(null, error);
        return (String) text.getClass().getMethod("getString").invoke(text);
      }
      return count[0] > 0 ? null : "the driver finds none";
    } catch (InvocationTargetException e) {
      return reason(e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      return reason(e);
    }
  }

  /** The innermost message, of which UnsatisfiedLinkError's begins with a path. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.contains("libcuda.so") || message.contains("nvcuda.dll") ? NO_DRIVER : message;
  }
}
