package io.caption4j.serve;

import io.caption4j.decoder.Caption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * IBM MAX's answer to {@code POST /model/predict}.
 *
 * @param status always {@code "ok"}; errors have a number there
 * @param predictions best first
 */
record Predictions(String status, List<Prediction> predictions) {
  /**
   * One caption.
   *
   * @param index its place from 0, a string as MAX has it
   * @param caption its words joined by blanks
   * @param probability of the whole sentence, 0 to 1; those of several do not add to 1
   */
  record Prediction(String index, String caption, double probability) {}

  static Predictions of(List<Caption> captions) {
    return new Predictions(
        "ok",
        IntStream.range(0, captions.size())
            .mapToObj(
                i ->
                    new Prediction(
                        Integer.toString(i),
                        captions.get(i).text(),
                        Math.exp(captions.get(i).logProbability())))
            .toList());
  }
}
