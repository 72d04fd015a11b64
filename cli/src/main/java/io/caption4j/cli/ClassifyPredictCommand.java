package io.caption4j.cli;

import io.caption4j.classify.Classifier;
import io.caption4j.classify.Classifier.Prediction;
import io.caption4j.classify.ClassifierModel;
import io.caption4j.data.FileNames;
import io.caption4j.data.ImageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j classify predict}: pictures to classes. */
@Command(
    name = "predict",
    header = "Tells of pictures which class they are of.",
    description =
        "Prints for each picture its path, a tab, and the most probable classes. A picture that"
            + " cannot be read is named on stderr, the others are classified, and the exit code is"
            + " 1.",
    footer = {"  caption4j classify predict tuned/model.c4k photos --top 3"})
final class ClassifyPredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "The classifier, a .c4k file.")
  private Path model;

  @Parameters(
      index = "1..*",
      paramLabel = "PICTURE",
      arity = "1..*",
      description = "Pictures (JPEG, PNG, GIF, WebP, BMP, TIFF), or folders of pictures.")
  private List<Path> paths;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "Classes printed for a picture, at most. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--json",
      description =
          "Print one JSON object a picture and line,%n"
              + "{\"image\": \"...\", \"classes\": [{\"label\": \"...\", \"probability\": 0.9}]}")
  private boolean json;

  @Mixin private PictureOptions folders;
  @Mixin private ViewsOption views;
  @Mixin private EngineOption engine;
  @Mixin private CommonOptions common;

  private Console console;
  private boolean failed;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    Require.range(spec, "--top", top, 1, Integer.MAX_VALUE);
    ClassifierModel loaded = ClassifierModel.load(model);
    PictureArguments found = PictureArguments.of(paths, folders.recursive());
    found.tell(this::fail, console::message);
    if (!found.pictures().isEmpty()) {
      try (Classifier classifier = new Classifier(loaded, views.views(), engine.engine());
          ConsoleProgress progress = console.progressBesideResults()) {
        int done = 0;
        for (Path picture : found.pictures()) {
          classify(classifier, picture);
          progress.update("classifying", ++done, found.pictures().size(), "");
        }
      }
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void classify(Classifier classifier, Path picture) {
    List<Prediction> predictions;
    try {
      predictions = classifier.classify(picture).stream().limit(top).toList();
    } catch (ImageException e) {
      fail(e.getMessage());
      return;
    }
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("image", FileNames.of(picture));
      line.put("classes", predictions);
      console.json(line);
      return;
    }
    console.result(
        Console.printable(picture)
            + "\t"
            + predictions.stream()
                .map(p -> String.format(Locale.ROOT, "%s %.3f", p.label(), p.probability()))
                .collect(Collectors.joining(", ")));
  }

  private void fail(String message) {
    console.message(message);
    failed = true;
  }
}
