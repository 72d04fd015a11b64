package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.ImageLoader;
import io.caption4j.encoder.EncoderEngine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model that comes with caption4j, on the sample pictures. */
class BundledAlignerTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final List<String> PICTURES =
      List.of("skier", "tennis", "horses", "motorcycle", "baseball", "kite", "bananas", "airplane");

  private static Aligner aligner;
  private static List<RegionVectors> regions;

  @BeforeAll
  static void open() {
    aligner = Aligner.bundled(EncoderEngine.AUTO);
    regions =
        PICTURES.stream()
            .map(name -> new ImageLoader().load(SAMPLES.resolve(name + ".jpg")))
            .map(aligner::regions)
            .toList();
  }

  @AfterAll
  static void close() {
    aligner.close();
  }

  @ParameterizedTest
  @CsvSource({
    "skier, a man skiing down a snowy mountain",
    "tennis, a tennis player swings his racket",
    "horses, two people riding horses on the beach",
    "baseball, a boy playing baseball",
  })
  void aSentenceFindsItsPicture(String picture, String sentence) {
    float[] words = aligner.words(aligner.tokenize(sentence));
    double own = regions.get(PICTURES.indexOf(picture)).score(words);
    for (int i = 0; i < PICTURES.size(); i++) {
      if (!PICTURES.get(i).equals(picture)) {
        assertThat(regions.get(i).score(words)).as(PICTURES.get(i)).isLessThan(own);
      }
    }
  }

  @Test
  void wordsThatTellSomethingAreLongerThanThoseThatDoNot() {
    List<String> tokens = aligner.tokenize("a dog is running through the snow");
    float[] words = aligner.words(tokens); // (T, h)
    assertThat(length(words, tokens.indexOf("dog"))).isGreaterThan(length(words, 0));
    assertThat(length(words, tokens.indexOf("snow")))
        .isGreaterThan(length(words, tokens.indexOf("the")));
  }

  @Test
  void aSentenceWithoutAKnownWordIsRefusedInOneLine() {
    assertThatThrownBy(() -> aligner.tokenize("xyzzy plugh"))
        .isInstanceOf(AlignException.class)
        .hasMessageContaining("xyzzy plugh")
        .hasMessageNotContaining("\n");
  }

  private static double length(float[] words, int t) {
    int h = aligner.size();
    double squares = 0;
    for (int j = 0; j < h; j++) {
      squares += words[t * h + j] * words[t * h + j];
    }
    return Math.sqrt(squares);
  }
}
