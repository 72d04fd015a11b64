package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          capton                                              | Did you mean: caption4j caption?
          caption                                             | Missing required parameter: 'PATH'
          caption --beam 0 a.jpg                              | --beam must be 1 to 100, found 0.
          caption --beam 101 a.jpg                            | --beam must be 1 to 100, found 101.
          caption --beam many a.jpg                           | 'many' is not an int
          caption --top 6 a.jpg                               | --top must be 1 to --beam (5), found 6.
          caption --top 0 a.jpg                               | --top must be 1 to --beam (5), found 0.
          caption --max-length 0 a.jpg                        | --max-length must be 1 to 100, found 0.
          caption --length-penalty NaN a.jpg                  | --length-penalty must be 0.0 to 2.0, found NaN.
          caption --temperature 0 a.jpg                       | --temperature must be above 0 to 10, found 0.0.
          caption --top-k 0 a.jpg                             | --top-k must be 1 or more, found 0.
          caption --top-p 1.1 a.jpg                           | --top-p must be above 0 to 1, found 1.1.
          caption --top-p NaN a.jpg                           | --top-p must be above 0 to 1, found NaN.
          caption --top-p 0.9 --beam 3 a.jpg                  | --top-p draws words at random and excludes --beam
          caption --temperature 1 --diversity 1 a.jpg         | --temperature draws words at random and excludes --beam, --diversity
          caption --top-k 5 --top 101 a.jpg                   | --top must be 1 to 100, found 101.
          caption --sample-seed 3 a.jpg                       | --sample-seed needs --temperature, --top-k or --top-p.
          caption --diversity -1 a.jpg                        | --diversity must be 0.0 to 100.0, found -1.0.
          caption --diversity 1 --beam 1 a.jpg                | --diversity needs a --beam of 2 or more.
          caption --diversity 1 --beam 6 --groups 4 a.jpg     | --groups must be 2 or more and divide --beam (6), found 4.
          caption --groups 2 a.jpg                            | --groups needs --diversity.
          caption --format xml a.jpg                          | 'xml'
          caption --colour a.jpg                              | Unknown option: '--colour'
          caption --region-model m.c4j a.jpg                  | --region-model needs --regions.
          caption --most-regions 3 a.jpg                      | --most-regions needs --regions.
          caption --regions --most-regions 0 a.jpg            | --most-regions must be 1 to 1000, found 0.
          caption --regions --region-overlap 1.5 a.jpg        | --region-overlap must be 0.0 to 1.0, found 1.5.
          caption --regions --top 2 a.jpg                     | --regions excludes --top and --model
          caption --regions --model m.c4j a.jpg               | --regions excludes --top and --model
          detect                                              | Missing required parameter: 'PATH'
          detect --threshold 1.1 a.jpg                        | --threshold must be 0.0 to 1.0, found 1.1.
          detect --threshold NaN a.jpg                        | --threshold must be 0.0 to 1.0, found NaN.
          detect --most 0 a.jpg                               | --most must be 1 to 100, found 0.
          detect --most 101 a.jpg                             | --most must be 1 to 100, found 101.
          detect --format xml a.jpg                           | 'xml'
          detect --detector yolo a.jpg                        | There is no detector 'yolo'; there are: ssd-mobilenet-v2-coco, onnx:FILE.onnx.
          detect --detector onnx:a.onnx a.jpg                 | name them by --classes FILE
          detect --classes c.tsv a.jpg                        | leave --classes away
          caption EMPTY                                       | an empty argument names no file or folder
          caption a.jpg EMPTY                                 | an empty argument names no file or folder
          caption --model EMPTY a.jpg                         | an empty argument names no file or folder
          train --data EMPTY --out o                          | an empty argument names no file or folder
          train --data d --out EMPTY                          | an empty argument names no file or folder
          data EMPTY                                          | an empty argument names no file or folder
          data d --images EMPTY                               | an empty argument names no file or folder
          evaluate --data EMPTY                               | an empty argument names no file or folder
          search dog --images EMPTY                           | an empty argument names no file or folder
          info EMPTY                                          | an empty argument names no file or folder
          models EMPTY                                        | an empty argument names no file or folder
          serve --search-images EMPTY                         | --search-images is empty
          serve --model EMPTY                                 | --model is empty
          data                                                | Missing required parameter: 'DIR'
          data d --most -1                                    | --most must be 0 to 2147483647, found -1.
          models --jsn                                        | Unknown option: '--jsn'
          train --out run                                     | Missing required option: '--data=DIR'
          train --data d                                      | Missing required option: '--out=DIR'
          train --data d --out o --resume --overwrite         | --resume and --overwrite exclude each other.
          train --data d --out o --epochs 0                   | --epochs must be 1 to 1000000, found 0.
          train --data d --out o --batch 1                    | --batch must be 2 to 1000000, found 1.
          train --data d --out o --learning-rate 0            | --learning-rate must be
          train --data d --out o --dropout 1                  | --dropout must be 0.0 to 0.95, found 1.0.
          train --data d --out o --checkpoint-seconds 0       | --checkpoint-seconds must be 1 to 86400, found 0.
          train --data d --out o --encoder resnet             | There is no encoder 'resnet'; there are: efficientnet-lite0
          train --data d --out o --samples 3                  | --samples goes with --self-critical.
          train --data d --out o --from m.c4j --encoder vgg16 | --encoder goes without --from
          train --data d --out o --new-words                  | --new-words goes with --from
          caption --include dog --temperature 1 a.jpg         | --include goes with a plain beam, without --temperature.
          caption --include . a.jpg                           | --include holds no word: '.'.
          caption --include dog --max-length 1 --include cat a.jpg | --include: maxLength must be as long as what is required, 2, found 1.
          evaluate                                            | Missing required option: '--data=DIR'
          evaluate --data d --split best                      | --split: There is no split 'best'
          evaluate --data d --beam 0                          | --beam must be 1 to 100, found 0.
          evaluate --data d --temperature 1 --beam 2          | --temperature draws words at random and excludes --beam
          score --references r                                | Missing required option: '--candidates=FILE'
          score --references r --candidates c --split x       | --split: There is no split 'x'
          features --images i --out f.csv                     | --out must be a file name that ends in .npy, found f.csv.
          features --images i --out f.npy --encoder x         | There is no encoder 'x'; there are: efficientnet-lite0
          align show                                          | Missing required parameter: 'PATH'
          align show --beta -1 a.jpg                          | --beta must be 0.0 to 1000000.0, found -1.0.
          align show --beta NaN a.jpg                         | --beta must be 0.0 to 1000000.0, found NaN.
          align show --least-score NaN a.jpg                  | --least-score must be a number, found NaN.
          align show --regions boxes a.jpg                    | --regions must be windows, crops or a file that ends in .json, found 'boxes'.
          align train --data d --out o --encoder x            | There is no encoder 'x'
          align train --data d --out o --layer l --from f.c4a | --encoder goes without --from and --captioner
          align shwo a.jpg                                    | Did you mean: align show?
          align snippets --data d                             | Missing required option: '--out=DIR'
          align snippets --data d --out o --per-picture 0     | --per-picture must be 1 to 1000, found 0.
          classify trian                                      | Did you mean: classify train?
          classify train --data d --out o                     | Missing required option: '--method=linear|head|tune'
          classify train --data d --out o --method svm        | 'svm'
          classify train --data d --out o --method tune --unfreeze 17 | The number of unfrozen blocks must be 1 to 16, found 17.
          classify train --data d --out o --method tune --features f.npy | A file of features goes with methods linear and head
          classify train --data d --out o --method head --features f.npy --encoder vgg16 | --encoder goes without --features
          classify train --data d --out o --method head --no-warm-up | --no-warm-up goes with --method tune.
          classify train --data d --out o --method head --per-class 0 | --per-class must be 1 to
          classify train --data d --out o --method head --epochs 0 | The epochs must be 1 or more, found 0.
          classify train --data d --out o --method tune --encoder vgg16 | Only efficientnet-lite0 can be retrained
          classify train --data d --out o --method linear --preprocessing tf | The weights of efficientnet-lite0 want one preprocessing
          encoders resnet                                     | There is no encoder 'resnet'; there are: efficientnet-lite0
          encoders onnx:f.onnx --encoder-weights w.zip        | Weights are named for an encoder of DL4J's Zoo only
          classify evaluate m.c4k --data d --split best       | --split: There is no split 'best'
          classify predict m.c4k                              | Missing required parameter: 'PICTURE'
          classify predict m.c4k a.jpg --top 0                | --top must be 1 to
          serve --port 65536                                  | --port must be 0 to 65535, found 65536.
          serve --detector yolo                               | There is no detector 'yolo'; there are: ssd-mobilenet-v2-coco, onnx:FILE.onnx.
          serve --detector onnx:d.onnx                        | name them by --classes FILE
          serve --classes c.txt                               | leave --classes away
          serve --detector none --classes c.txt               | leave --classes away
          serve --detector EMPTY                              | --detector is empty
          serve --max-request 0                               | --max-request must be 1 to 1000, found 0.
          search --images d                                   | Missing required parameter: 'WORDS'
          search dog                                          | Missing required option: '--images=DIR'
          search dog --images d --top 0                       | --top must be 1 to 1000, found 0.
          info a b                                            | Unmatched argument at index 2: 'b'
          """)
  void wrongUseIsExitCode2AndNamesTheOption(String line, String message) {
    Object[] args = Arrays.stream(line.split(" ")).map(a -> a.equals("EMPTY") ? "" : a).toArray();
    Run run = Run.of(args);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("caption4j: ").contains(message).contains("--help'.");
  }

  @Test
  void withoutACommandTheUsageGoesToStderr() {
    Run run = Run.of();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: caption4j").contains("evaluate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caption",
        "detect",
        "data",
        "models",
        "train",
        "evaluate",
        "score",
        "features",
        "encoders",
        "search",
        "serve",
        "info",
        "align",
        "align train",
        "align evaluate",
        "align show",
        "align snippets",
        "classify",
        "classify train",
        "classify evaluate",
        "classify predict"
      })
  void helpOfEachCommandExplainsAndShowsAnExample(String command) {
    Run run = Run.of((Object[]) (command + " --help").split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Usage: caption4j " + command)
        .containsPattern("(?s)Examples:.*  caption4j " + command)
        .doesNotContain("${");
    String mostWords = run.out().substring(0, run.out().indexOf("Options:"));
    assertThat(mostWords.split("\\s+")).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "caption --version", "train -V"})
  void versionGoesToStdout(String line) {
    Run run = Run.of((Object[]) line.split(" "));

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("caption4j ");
  }

  @Test
  void helpNamesTheDefaultsThatHold() {
    String help = Run.of("train", "--help").out();
    var defaults = io.caption4j.train.Hyperparameters.builder().build();

    assertThat(help.replaceAll("\\s+", " "))
        .contains("training captions, at most. Default: %d,".formatted(defaults.epochs()))
        .contains("minibatch, 2 or more. Default: %d;".formatted(defaults.batchSize()))
        .contains(
            String.format(Locale.ROOT, "over all epochs. Default: %.4f,", defaults.learningRate()))
        .contains("gradient. Default: %.0f,".formatted(defaults.clipNorm()))
        .contains("0 to 0.95. Default: %s,".formatted(defaults.dropout()))
        .contains("words and pictures. Default: %d.".formatted(defaults.embeddingSize()))
        .contains("LSTM's state. Default: %d.".formatted(defaults.stateSize()))
        .contains("vocabulary takes up. Default: %d.".formatted(defaults.minCount()))
        .contains("1 to 100. Default: %d.".formatted(defaults.maxWords()))
        .contains("0 for never. Default: %d.".formatted(defaults.patience()))
        .contains("split of its own. Default: %d.".formatted(defaults.seed()));
  }
}
