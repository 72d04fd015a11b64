package io.caption4j.align;

import io.caption4j.decoder.ModelCard;

/**
 * What an alignment model says of itself.
 *
 * @param formatVersion of the file, {@value #FORMAT_VERSION} here
 * @param name a short name for people
 * @param encoder whose features it was trained on
 * @param settings kind and sizes
 * @param tokenizer what cut sentences into tokens, {@code CaptionTokenizer.NAME}
 * @param training how it came about
 * @param license of the parameters, for people
 */
public record AlignmentCard(
    int formatVersion,
    String name,
    ModelCard.Encoder encoder,
    AlignmentSettings settings,
    String tokenizer,
    ModelCard.Training training,
    String license) {
  /** The format that this code writes and reads. */
  public static final int FORMAT_VERSION = 1;
}
