package io.caption4j.decoder;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Something that a caption must say, in one of several forms.
 *
 * @param forms at least one, each of one word or more that follow each other, in lower case as the
 *     tokenizer gives them: {@code [[bus], [buses]]} or {@code [[tennis, racket]]}
 */
public record RequiredWords(List<List<String>> forms) implements Serializable {
  /** Copies the forms and checks that there is one, and that none is empty. */
  public RequiredWords {
    forms = List.copyOf(forms.stream().map(List::copyOf).toList());
    if (forms.isEmpty() || forms.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "Expected at least one form, each of one word or more, found %s.".formatted(forms));
    }
  }

  /** One form alone. */
  public static RequiredWords of(String... words) {
    return new RequiredWords(List.of(Arrays.asList(words)));
  }

  /** Words of the shortest form. */
  int length() {
    return forms.stream().mapToInt(List::size).min().orElseThrow();
  }

  /** Words of all forms together. */
  int size() {
    return forms.stream().mapToInt(List::size).sum();
  }
}
