package io.caption4j.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The answer that Apache Tika's captioner reads. */
@Doc("Captions as Apache Tika's TensorflowRESTCaptioner expects them.")
record TikaCaptions(
    @JsonProperty("beam_size") @Doc("The beam that was used.") int beamSize,
    @JsonProperty("max_caption_length") @Doc("The most words that were allowed.")
        int maxCaptionLength,
    @Doc("Best first.") List<TikaCaption> captions,
    @Doc("How long it took.") Time time) {
  /** One caption. */
  record TikaCaption(
      @Doc("Its words joined by blanks.") String sentence,
      @Doc("Its probability, 0 to 1; always with a decimal point, for Tika casts it.")
          double confidence) {}

  /** Times. */
  record Time(
      @Doc("Until the picture had come.") long read,
      @Doc("From there to the captions.") long captioning,
      @Doc("Always ms.") String units) {}
}
