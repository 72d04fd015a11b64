package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected tokens are those of coco-caption's PTBTokenizer with CoreNLP 3.4.1. */
class CaptionTokenizerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** The right tokens are pycocoevalcap 1.2's, which runs CoreNLP 3.4.1. */
  @Test
  void isCocoCaptionsOnUglyText() throws IOException {
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    try (InputStream in = getClass().getResourceAsStream("ugly-captions.jsonl")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        JsonNode expected = JSON.readTree(line);
        String units = String.join(" ", tokenizer.units(expected.get("caption").textValue()));
        if (!units.equals(expected.get("tokens").textValue())) {
          wrong.add(line + " but found " + units);
        }
        lines++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).isGreaterThan(1500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u2028", "\u2029", "\f", "\u000b", "\r", "\n"})
  void everyLineEndIsABlank(String end) {
    assertThat(tokenizer.tokenize("a dog" + end + "runs")).containsExactly("a", "dog", "runs");
  }

  @Test
  void aFractionIsOneUnitAndTwoWords() {
    assertThat(tokenizer.units("2 1/2 pies")).containsExactly("2\u00a01/2", "pies");
    assertThat(tokenizer.tokenize("2 1/2 pies")).containsExactly("2", "1/2", "pies");
  }

  @Test
  void manyCaptionsAreOneText() {
    assertThat(tokenizer.units(List.of("on the No.", "2 dogs", "", "a *NL b", "see a J.", "A dog")))
        .containsExactly(
            List.of("on", "the", "no."),
            List.of("2", "dogs"),
            List.of(),
            List.of("a", "*", "nl", "b"),
            List.of("see", "a", "j"),
            List.of("a", "dog"));
    assertThat(tokenizer.units(List.of())).isEmpty();
    assertThat(tokenizer.units(List.of("a *NL* b", "c"))).hasSize(2).last().isEqualTo(List.of("c"));
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
