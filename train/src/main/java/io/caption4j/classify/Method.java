package io.caption4j.classify;

import io.caption4j.train.TrainException;
import java.util.Locale;

/** The three forms of transfer learning. */
public enum Method {
  /** Intermediate output: the encoder's features, and logistic regression on them. */
  LINEAR,
  /** Replaced output layer: everything frozen but a new softmax layer. */
  HEAD,
  /** Partial retraining: the new layer is warmed up, then the encoder's last blocks train too. */
  TUNE;

  /** The name as the command line spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of a name.
   *
   * @throws TrainException if there is none
   */
  public static Method of(String name) {
    for (Method method : values()) {
      if (method.label().equals(name)) {
        return method;
      }
    }
    throw new TrainException(
        "There is no method '%s'; expected linear, head or tune.".formatted(name));
  }
}
