package io.caption4j.serve;

import java.util.List;
import java.util.stream.IntStream;

/** IBM MAX's answer to {@code POST /model/predict}. */
@Doc("Captions as IBM MAX answers them.")
record Predictions(
    @Doc("Always ok; errors have a number there.") String status,
    @Doc("Best first.") List<Prediction> predictions) {
  /** One caption. */
  record Prediction(
      @Doc("Its place from 0, a string as MAX has it.") String index,
      @Doc("Its words joined by blanks.") String caption,
      @Doc("Of the whole sentence, 0 to 1; those of several do not add to 1.")
          double probability) {}

  static Predictions of(List<ServedCaption> captions) {
    return new Predictions(
        "ok",
        IntStream.range(0, captions.size())
            .mapToObj(
                i ->
                    new Prediction(
                        Integer.toString(i),
                        captions.get(i).caption().text(),
                        Math.exp(captions.get(i).caption().logProbability())))
            .toList());
  }
}
