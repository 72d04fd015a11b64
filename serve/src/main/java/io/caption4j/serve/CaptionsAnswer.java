package io.caption4j.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.IntStream;

/** The answer to {@code POST /v1/captions}. */
@Doc("Captions of one or many pictures.")
record CaptionsAnswer(
    @Doc("The model's name.") String model,
    @Doc("One for each picture, in the request's order.") List<Result> results) {
  /** What became of a picture: captions or an error. */
  @Doc("What became of a picture: captions, or else an error.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Result(
      @Doc("The picture's place in the request, from 0.") int picture,
      @Doc(value = "Best first.", optional = true) List<Sentence> captions,
      @Doc(value = "Why there are none.", optional = true) ErrorBody error) {
    static Result of(int picture, PictureDesk.Outcome<List<ServedCaption>> outcome, String id) {
      return outcome.refused() == null
          ? new Result(picture, outcome.told().stream().map(Sentence::of).toList(), null)
          : new Result(picture, null, ErrorAnswers.body(outcome.refused(), id));
    }
  }

  /** One caption. */
  @Doc("A caption.")
  record Sentence(
      @Doc("Its words joined by blanks.") String text,
      @Doc("Of the whole sentence, 0 to 1; those of several do not add to 1.") double probability,
      @JsonProperty("log_probability") @Doc("Its natural logarithm.") double logProbability,
      @Doc("Its words in their order.") List<Word> words) {
    static Sentence of(ServedCaption served) {
      double logProbability = served.caption().logProbability();
      return new Sentence(
          served.caption().text(),
          Math.exp(logProbability),
          logProbability,
          IntStream.range(0, served.caption().words().size())
              .mapToObj(i -> Word.of(served, i))
              .toList());
    }
  }

  /** One word. */
  @Doc("A word of a caption.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Word(
      @Doc("The word.") String text,
      @Doc(
              value = "After the words before it, 0 to 1; missing if the model does not tell.",
              optional = true)
          Double probability,
      @Doc(
              value =
                  "How much the model looked at each position of a square grid over the picture,"
                      + " row by row; only if it was asked for and the model has attention.",
              optional = true)
          float[] attention) {
    static Word of(ServedCaption served, int index) {
      return new Word(
          served.caption().words().get(index),
          served.wordLogProbabilities().isEmpty()
              ? null
              : Math.exp(served.wordLogProbabilities().get(index)),
          served.attention().isEmpty() ? null : served.attention().get(index));
    }
  }
}
