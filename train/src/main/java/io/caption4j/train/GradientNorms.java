package io.caption4j.train;

import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Hears each minibatch's gradients before they are clipped and adds up their L2 norms, those of the
 * encoder's layers apart: an encoder that is about to be distorted shows large ones.
 */
public final class GradientNorms extends BaseTrainingListener {
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
      double norm = entry.getValue().norm2Number().doubleValue();
      String layer = entry.getKey().substring(0, entry.getKey().lastIndexOf('_'));
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
