package io.caption4j.cli;

import io.caption4j.data.CaptionTokenizer;
import io.caption4j.decoder.RequiredWords;
import io.caption4j.decoder.Search;
import io.caption4j.decoder.Search.Diversity;
import io.caption4j.decoder.Search.Sampling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How captions are looked for; the ranges are those of {@link Search}. */
public final class SearchOptions {
  private static final int MOST = 100;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description =
          "Sentences kept at each word, 1 (fastest) to 100. Default: " + Search.DEFAULT_BEAM + ".")
  private Integer beam;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most words of a caption, 1 to 100. Default: ${DEFAULT-VALUE}.")
  private int maxLength;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "Captions are ranked by log-probability / (words + 1)^X: 0 favours short ones, 0 to 2."
              + " Default: 1.")
  private Double lengthPenalty;

  @Option(
      names = "--block-trigrams",
      description = "Never say three words in a row that the caption already holds.")
  private boolean blockTrigrams;

  @Option(
      names = "--diversity",
      paramLabel = "X",
      description =
          "Make the --top captions differ: groups of the beam lose X, 0 to 100, of the"
              + " log-probability of words that other groups chose at the same place (diverse beam"
              + " search).")
  private Double diversity;

  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "Groups for --diversity, a divisor of --beam. Default: --beam.")
  private Integer groups;

  @Option(
      names = "--include",
      paramLabel = "WORDS",
      description =
          "Say this word, or these words one after the other, in every caption (constrained beam"
              + " search). May be given several times, for up to four words or two pairs of words.")
  private List<String> include = new ArrayList<>();

  @Mixin private SamplingOptions sampling;

  /**
   * The search that was asked for.
   *
   * @param top how many captions of a picture
   * @throws picocli.CommandLine.ParameterException if an option is out of its range, or options
   *     contradict each other
   */
  public Search search(CommandSpec spec, int top) {
    Search search = (sampling.given() ? samples(spec, top) : beam(spec, top));
    Require.range(spec, "--max-length", maxLength, 1, MOST);
    search = search.withMaxLength(maxLength).withBlockTrigrams(blockTrigrams);
    if (!include.isEmpty()) {
      search = required(spec, search);
    }
    if (lengthPenalty != null) {
      Require.range(spec, "--length-penalty", lengthPenalty, 0.0, 2.0);
      search = search.withLengthPenalty(lengthPenalty);
    }
    return search;
  }

  private Search required(CommandSpec spec, Search search) {
    Require.that(
        spec,
        !sampling.given() && diversity == null,
        "--include goes with a plain beam, without %s.",
        sampling.given() ? sampling.name() : "--diversity");
    CaptionTokenizer tokenizer = new CaptionTokenizer();
    List<RequiredWords> required = new ArrayList<>();
    for (String text : include) {
      List<String> words = tokenizer.tokenize(text);
      Require.that(spec, !words.isEmpty(), "--include holds no word: '%s'.", text);
      required.add(new RequiredWords(List.of(words)));
    }
    try {
      return search.withRequired(required);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--include: " + e.getMessage(), e);
    }
  }

  private Search samples(CommandSpec spec, int top) {
    Sampling wanted = sampling.sampling(spec);
    Require.that(
        spec,
        (beam == null || beam == 1) && diversity == null && groups == null,
        "%s draws words at random and excludes --beam, --diversity and --groups.",
        sampling.name());
    Require.range(spec, "--top", top, 1, MOST);
    return Search.samples(top, wanted);
  }

  private Search beam(CommandSpec spec, int top) {
    int width = beam == null ? Search.DEFAULT_BEAM : beam;
    Require.range(spec, "--beam", width, 1, MOST);
    Require.that(
        spec, top >= 1 && top <= width, "--top must be 1 to --beam (%d), found %d.", width, top);
    return Search.beam(width).withTop(top).withDiversity(diversity(spec, width));
  }

  private Diversity diversity(CommandSpec spec, int width) {
    if (diversity == null) {
      Require.that(spec, groups == null, "--groups needs --diversity.");
      return Diversity.NONE;
    }
    int count = groups == null ? width : groups;
    Require.range(spec, "--diversity", diversity, 0.0, 100.0);
    Require.that(spec, width > 1, "--diversity needs a --beam of 2 or more.");
    Require.that(
        spec,
        count >= 2 && width % count == 0,
        "--groups must be 2 or more and divide --beam (%d), found %d.",
        width,
        count);
    return new Diversity(count, diversity);
  }
}
