package io.caption4j.encoder.detect;

import java.util.Set;

/** Groups of things of which a picture rarely shows two that are easily taken for each other. */
enum ConceptGroup {
  /** Animals. */
  ANIMAL(
      "animal",
      "bird",
      "cat",
      "dog",
      "horse",
      "sheep",
      "cow",
      "elephant",
      "bear",
      "zebra",
      "giraffe"),
  /** What carries people and goods. */
  VEHICLE("vehicle", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat");

  private final Set<String> members; // classes of the detector, and the group's own name

  ConceptGroup(String... members) {
    this.members = Set.of(members);
  }

  /** Whether a word, or something that it is a kind of, belongs to the group. */
  boolean has(String word, Set<String> kinds) {
    return members.contains(word) || kinds.stream().anyMatch(members::contains);
  }
}
