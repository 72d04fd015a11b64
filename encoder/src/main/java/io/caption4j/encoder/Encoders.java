package io.caption4j.encoder;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.deeplearning4j.zoo.PretrainedType;

/** The encoders that can be named on the command line and in a model file. */
public final class Encoders {
  /** The bundled encoder, 13 MB, ImageNet top-1 75.1 %. */
  public static final String EFFICIENTNET_LITE0 = "efficientnet-lite0";

  private static final Map<String, Supplier<ImageEncoder>> BY_NAME =
      new TreeMap<>(Map.of(EFFICIENTNET_LITE0, Encoders::efficientNetLite0));

  private Encoders() {}

  /** The known names, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Opens the encoder of that name with its pretrained weights.
   *
   * @throws EncoderException if there is none; the message lists those there are
   */
  public static ImageEncoder byName(String name) {
    Supplier<ImageEncoder> encoder = BY_NAME.get(name);
    if (encoder == null) {
      throw new EncoderException(
          "There is no encoder '%s'; there are: %s.".formatted(name, String.join(", ", names())));
    }
    return encoder.get();
  }

  private static ImageEncoder efficientNetLite0() {
    return new Dl4jImageEncoder(
        EFFICIENTNET_LITE0,
        new EfficientNetLite0().initPretrained(PretrainedType.IMAGENET),
        Preprocessing.rgb(224, 127, 128));
  }
}
