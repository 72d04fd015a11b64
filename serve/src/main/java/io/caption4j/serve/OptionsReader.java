package io.caption4j.serve;

import io.caption4j.decoder.Search;
import io.javalin.http.Context;

/** Reads what {@code POST /v1/captions} may ask for from the query. */
final class OptionsReader {
  static final Parameter BEAM =
      Parameter.whole("beam", 1, ServeSettings.WIDEST_BEAM, "Sentences kept at each word.");
  static final Parameter TOP =
      Parameter.whole("top", 1, ServeSettings.WIDEST_BEAM, "Captions answered, at most the beam.");
  static final Parameter LENGTH = Parameter.whole("max_length", 1, 100, "Most words of a caption.");
  static final Parameter PENALTY =
      Parameter.number(
          "length_penalty", 0, 2, "Captions are ranked by log-probability / (words + 1)^X.");
  static final Parameter ATTENTION =
      Parameter.flag("attention", "Whether to tell where the model looked, if it can.");
  static final Parameter TEMPERATURE =
      Parameter.number("temperature", 0.05, 5, "Draws words; less than 1 is more careful.");
  static final Parameter TOP_K =
      Parameter.whole("top_k", 0, 100_000, "Draws from so many of the likeliest words, 0 for all.");
  static final Parameter TOP_P =
      Parameter.number("top_p", 0.01, 1, "Draws from the likeliest words of this probability.");
  static final Parameter SEED = Parameter.whole("seed", 0, Integer.MAX_VALUE, "Of the draw.");

  private static final Parameter[] SAMPLING = {TEMPERATURE, TOP_K, TOP_P, SEED};

  private final ServeSettings settings;
  private final Abilities abilities;

  OptionsReader(ServeSettings settings, Abilities abilities) {
    this.settings = settings;
    this.abilities = abilities;
  }

  /** The parameters that the model understands. */
  Parameter[] parameters() {
    Parameter[] search = {BEAM, TOP, LENGTH, PENALTY, ATTENTION};
    if (!abilities.sampling()) {
      return search;
    }
    Parameter[] all = java.util.Arrays.copyOf(search, search.length + SAMPLING.length);
    System.arraycopy(SAMPLING, 0, all, search.length, SAMPLING.length);
    return all;
  }

  /**
   * What a request asks for.
   *
   * @throws RequestException 400 if it is out of range, or the model cannot do it
   */
  CaptionOptions read(Context context) {
    Search usual = settings.search();
    Search.Sampling sampling = sampling(context);
    int beam = BEAM.wholeOf(context).orElse(usual.beam());
    int top = TOP.wholeOf(context).orElse(Math.min(usual.top(), beam));
    if (top > beam && !sampling.on()) {
      throw new RequestException(
          400, "The query parameter 'top' is more than the beam.", "At most %d.".formatted(beam));
    }
    Search search =
        (sampling.on() ? Search.samples(top, sampling) : Search.beam(beam).withTop(top))
            .withMaxLength(LENGTH.wholeOf(context).orElse(usual.maxLength()))
            .withLengthPenalty(PENALTY.numberOf(context).orElse(usual.lengthPenalty()));
    boolean attention = ATTENTION.flagOf(context) && abilities.attention();
    return new CaptionOptions(search, attention);
  }

  private Search.Sampling sampling(Context context) {
    boolean asked = false;
    for (Parameter parameter : SAMPLING) {
      asked |= context.queryParam(parameter.name()) != null;
    }
    if (!asked) {
      return Search.Sampling.OFF;
    }
    if (!abilities.sampling()) {
      throw new RequestException(
          400,
          "This model does not draw words.",
          "A search: no temperature, top_k, top_p and seed.");
    }
    return new Search.Sampling(
        TEMPERATURE.numberOf(context).orElse(1),
        TOP_K.wholeOf(context).orElse(0),
        TOP_P.numberOf(context).orElse(1),
        SEED.wholeOf(context).orElse(0));
  }
}
