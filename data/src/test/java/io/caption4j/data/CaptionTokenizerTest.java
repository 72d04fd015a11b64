package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected tokens are those of coco-caption's PTBTokenizer with CoreNLP 3.4.1. */
class CaptionTokenizerTest {
  private final CaptionTokenizer tokenizer = new CaptionTokenizer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "A dog runs .|a dog runs",
        "A man in a T-shirt.|a man in a t-shirt",
        "He isn't here|he is n't here",
        "A dog's ball|a dog 's ball",
        "They cannot swim|they can not swim",
        "He is gonna jump|he is gon na jump",
        "A sign says \"stop\" .|a sign says stop",
        "A sign says 'stop' .|a sign says stop",
        "Two (small) dogs|two -lrb- small -rrb- dogs",
        "a well-known , big--or small - dog ; it: runs ! ?|a well-known big or small dog it runs",
        "wait ... what|wait what",
        "black & white #1|black & white # 1",
        "1 1/2 sandwiches|1 1/2 sandwiches",
      })
  void matchesCocoCaption(String caption, String tokens) {
    assertThat(String.join(" ", tokenizer.tokenize(caption))).isEqualTo(tokens);
  }

  @Test
  void noTokenHasABlankInIt() {
    assertThat(tokenizer.tokenize("1 1/2 sandwiches")).containsExactly("1", "1/2", "sandwiches");
  }

  @Test
  void lineBreaksAreBlanks() {
    assertThat(tokenizer.tokenize("a\ndog\r\nruns")).containsExactly("a", "dog", "runs");
  }

  @Test
  void nothingIsLeftOfPunctuationAndBlanks() {
    assertThat(tokenizer.tokenize(" . ")).isEmpty();
    assertThat(tokenizer.tokenize("")).isEmpty();
  }

  @Test
  void whatIsNoTokenIsDropped() {
    assertThat(tokenizer.tokenize("a \u0000 dog \uFFFF")).containsExactly("a", "dog");
  }

  @Test
  void threadsShareIt() {
    List<String> expected = tokenizer.tokenize("A dog isn't running through the grass .");
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> tokenizer.tokenize("A dog isn't running through the grass ."))
                .distinct())
        .containsExactly(expected);
  }
}
