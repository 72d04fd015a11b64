package io.caption4j.serve;

/**
 * What a model can tell beside its sentences; a page shows no control for what is missing.
 *
 * @param wordProbabilities whether it tells how likely each word is
 * @param attention whether it tells where it looked
 * @param sampling whether it can draw words
 */
@Doc("What the model can do beside its sentences.")
public record Abilities(
    @Doc("Whether it tells how likely each word is.") boolean wordProbabilities,
    @Doc("Whether it tells where in the picture it looked for each word.") boolean attention,
    @Doc("Whether it can draw words instead of searching them.") boolean sampling) {
  /** Sentences alone. */
  public static final Abilities NONE = new Abilities(false, false, false);
}
