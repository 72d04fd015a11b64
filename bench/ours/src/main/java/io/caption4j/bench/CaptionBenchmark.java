package io.caption4j.bench;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.evaluate.CiderD;
import io.caption4j.evaluate.CorpusScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Work on captions as text: tokenizing one, scoring a validation split's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CaptionBenchmark {
  private static final int IMAGES = 1000;
  private static final int REFERENCES = 5;
  private static final int WORDS = 2500;
  private static final String SENTENCE =
      "A brown dog, wearing a blue collar, doesn't jump over the fence near the children's pool.";

  private final CaptionTokenizer tokenizer = new CaptionTokenizer();
  private List<List<String>> candidates;
  private CiderD cider;

  /** Draws captions of 8 to 14 words, frequent ones more often, as in real text. */
  @Setup
  public void setUp() {
    Random random = new Random(1);
    List<List<List<String>>> references = new ArrayList<>();
    candidates = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      List<List<String>> ofImage = new ArrayList<>();
      for (int r = 0; r < REFERENCES; r++) {
        ofImage.add(caption(random));
      }
      references.add(ofImage);
      candidates.add(caption(random));
    }
    cider = CiderD.of(references);
  }

  private static List<String> caption(Random random) {
    List<String> words = new ArrayList<>();
    for (int length = 8 + random.nextInt(7); words.size() < length; ) {
      words.add("w" + (int) Math.pow(WORDS, random.nextDouble()));
    }
    return words;
  }

  /** One caption. */
  @Benchmark
  public List<String> tokenize() {
    return tokenizer.tokenize(SENTENCE);
  }

  /** CIDEr-D of 1,000 candidates against 5 prepared references each. */
  @Benchmark
  public CorpusScore ciderD() {
    return cider.score(candidates);
  }
}
