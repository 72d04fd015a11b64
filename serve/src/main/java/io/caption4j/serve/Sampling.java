package io.caption4j.serve;

/**
 * How words are drawn instead of searched.
 *
 * @param temperature what log-probabilities are divided by before the draw: 1 as the model has
 *     them, less is more careful; 0.05 to 5
 * @param topK only so many of the likeliest words are drawn from, 0 for all
 * @param topP only the likeliest words that have this probability together are drawn from, above 0
 *     to 1
 * @param seed of the draw: the same picture, settings and seed give the same captions
 */
public record Sampling(double temperature, int topK, double topP, long seed) {
  /** Checks the ranges. */
  public Sampling {
    Ranges.require(
        temperature >= 0.05 && temperature <= 5, "temperature", "0.05 to 5", temperature);
    Ranges.require(topK >= 0, "topK", "0 or more", topK);
    Ranges.require(topP > 0 && topP <= 1, "topP", "above 0 to 1", topP);
  }
}
