package io.caption4j.train;

import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Hears each minibatch's gradients before they are clipped and adds up their L2 norms, those of the
 * encoder's layers apart: an encoder that is about to be distorted shows large ones.
 */
public final class GradientNorms extends BaseTrainingListener {
  /** Running statistics of batch normalisation, which DL4J changes by what it calls gradients. */
  private static final Set<String> NO_GRADIENTS =
      Set.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

  private final Set<String> encoderLayers;
  private double encoder;
  private double decoder;

  /**
   * Makes one.
   *
   * @param encoderLayers names of the encoder's layers in the graph; may be empty
   */
  public GradientNorms(Set<String> encoderLayers) {
    this.encoderLayers = encoderLayers;
  }

  @Override
  public void onGradientCalculation(Model model) {
    double encoderSquares = 0;
    double decoderSquares = 0;
    for (Map.Entry<String, INDArray> entry : model.gradient().gradientForVariable().entrySet()) {
      int at = entry.getKey().lastIndexOf('_');
      if (NO_GRADIENTS.contains(entry.getKey().substring(at + 1))) {
        continue;
      }
      double norm = entry.getValue().norm2Number().doubleValue();
      String layer = entry.getKey().substring(0, at);
      if (encoderLayers.contains(layer)) {
        encoderSquares += norm * norm;
      } else {
        decoderSquares += norm * norm;
      }
    }
    encoder = Math.sqrt(encoderSquares);
    decoder = Math.sqrt(decoderSquares);
  }

  /** Norm of the encoder's gradient in the last minibatch. */
  public double encoder() {
    return encoder;
  }

  /** Norm of the decoder's gradient in the last minibatch. */
  public double decoder() {
    return decoder;
  }
}
