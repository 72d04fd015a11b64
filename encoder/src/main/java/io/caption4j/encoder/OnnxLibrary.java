package io.caption4j.encoder;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;

/**
 * ONNX Runtime's native library, loaded at the first use. Its own loader unpacks 28 MB into a
 * temporary folder at every start; here JavaCPP's cache keeps them from one start to the next.
 * {@code -Donnxruntime.native.path=<folder>} names another build of the library.
 */
public final class OnnxLibrary {
  /** ONNX Runtime's own switch: the folder of its libraries. */
  private static final String NATIVE_PATH = "onnxruntime.native.path";

  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
  private static final List<String> CUDA_LIBRARIES =
      List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");

  /** The environment, or why there is none; made once, when it is first asked for. */
  private static final class Holder {
    private static OrtEnvironment environment;
    private static Throwable failure;

    static {
      try {
        if (System.getProperty(NATIVE_PATH) == null) {
          unpack();
        }
        // Errors come as exceptions; the library is not to print them too.
        environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "caption4j");
        environment.setTelemetry(false);
      } catch (IOException | OrtException | RuntimeException | LinkageError e) {
        environment = null;
        failure = e;
      }
    }
  }

  private OnnxLibrary() {}

  /** Starts to load the library in a thread of its own; whoever needs it waits for that. */
  public static void preload() {
    Thread thread = new Thread(OnnxLibrary::available, "load ONNX Runtime");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the library runs here. */
  static boolean available() {
    return Holder.environment != null;
  }

  /** Why {@link #available} is false, in a few words. */
  static String reason() {
    Throwable cause = Holder.failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /**
   * The process's one environment.
   *
   * @throws EncoderException if the library does not run here
   */
  public static OrtEnvironment environment() {
    if (!available()) {
      throw new EncoderException(
          "ONNX Runtime does not run on this machine (%s); use the engine dl4j."
              .formatted(reason()),
          Holder.failure);
    }
    return Holder.environment;
  }

  private static void unpack() throws IOException {
    File folder = null;
    List<String> libraries = new ArrayList<>(LIBRARIES);
    if (Cuda.usable()) {
      libraries.addAll(CUDA_LIBRARIES);
    }
    for (String library : libraries) {
      String file = System.mapLibraryName(library);
      URL resource =
          OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + file);
      if (resource == null) {
        throw new IOException("it has no library for " + platform());
      }
      folder = Loader.cacheResource(resource).getParentFile();
    }
    System.setProperty(NATIVE_PATH, folder.getPath());
  }

  // The folders' names in ONNX Runtime's jar.
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (os.contains("mac") ? "osx" : os.contains("win") ? "win" : os)
        + "-"
        + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
  }
}
