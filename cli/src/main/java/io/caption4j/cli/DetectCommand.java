package io.caption4j.cli;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.detect.DetectedObject;
import io.caption4j.encoder.detect.DetectionSettings;
import io.caption4j.encoder.detect.DetectorSpec;
import io.caption4j.encoder.detect.Detectors;
import io.caption4j.encoder.detect.NameSettings;
import io.caption4j.encoder.detect.ObjectDetector;
import io.caption4j.encoder.detect.PictureNames;
import io.caption4j.explain.ObjectSheet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caption4j detect}: pictures to objects. */
@Command(
    name = "detect",
    header = "Says which objects are where in pictures.",
    description =
        "Prints a line for each object, best first: the picture's path, what it is, a score from 0"
            + " to 1, and its box as x,y,width,height in pixels of the upright picture, with tabs"
            + " between. A picture that cannot be read is named on stderr, the others are looked"
            + " at, and the exit code is 1.",
    footer = {
      "  caption4j detect samples",
      "  caption4j detect --threshold 0.3 --most 5 --format json --explain boxes dog.jpg",
      "  caption4j detect --detector onnx:ssd.onnx --classes coco-classes.tsv -r photos"
    })
final class DetectCommand implements Callable<Integer> {
  private static final int BATCH = 8;

  @Spec private CommandSpec spec;
  @Mixin private DetectorOption detector;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "Lowest score of an object, 0 to 1. Default: 0.5, and 0.3 for what EfficientNet-Lite0's"
              + " classifier sees in the picture too.")
  private Double threshold;

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "100",
      description = "Objects printed for a picture, the best ones, 1 to 100. Default: 100.")
  private int most;

  @Option(
      names = "--format",
      paramLabel = "text|json|coco",
      defaultValue = "text",
      description =
          "text; json: one object a line,%n"
              + "{\"image\": \"...\", \"objects\": [{\"name\": \"bear\", \"score\": 0.96,%n"
              + "\"box\": {\"x\": 4.1, \"y\": 9.5, \"width\": 240.2, \"height\": 237.9}}]};%n"
              + "or coco: a list of COCO's results for all pictures, with the ids of the classes."
              + " The image_id is the number that a file name is, or ends in with twelve digits,"
              + " else the file name.")
  private DetectFormat format;

  @Option(
      names = "--explain",
      paramLabel = "DIR",
      description = "Also write NAME.png into this folder for each picture, with the boxes.")
  private Path explain;

  @Mixin private PictureOptions folders;
  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Pictures (JPEG, PNG, GIF, WebP, BMP, TIFF), or folders of pictures.")
  private List<Path> paths;

  private final ImageLoader loader = new ImageLoader();
  private Console console;
  private SheetFolder sheets; // null without --explain
  private boolean failed;

  /** Finds the objects of small pictures. */
  private interface Finder extends Function<List<Pixels>, List<List<DetectedObject>>> {}

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    DetectorSpec wanted = detector.spec(spec);
    Require.range(spec, "--threshold", threshold == null ? 0 : threshold, 0, 1);
    Require.range(spec, "--most", most, 1, DetectionSettings.MOST);
    PictureArguments found = PictureArguments.of(paths, folders.recursive());
    found.tell(this::fail, console::message);
    if (!found.pictures().isEmpty()) {
      sheets = explain == null ? null : new SheetFolder("--explain", explain);
      detect(wanted, found.pictures());
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void detect(DetectorSpec wanted, List<Path> pictures) {
    try (ObjectDetector opened = Detectors.open(wanted);
        LazyEncoder encoder = new LazyEncoder();
        PictureBatches batches = new PictureBatches(opened::resize, BATCH);
        ConsoleProgress progress = console.progressBesideResults()) {
      ObjectPrinter printer = new ObjectPrinter(format, opened.classes(), console);
      Finder finder = finder(opened, encoder);
      int[] done = {0};
      batches.run(
          pictures,
          batch -> {
            print(batch, finder, printer);
            done[0] += batch.size();
            progress.update("detecting", done[0], pictures.size(), "");
          });
      printer.end();
    }
  }

  private Finder finder(ObjectDetector opened, LazyEncoder encoder) {
    if (threshold != null) {
      DetectionSettings settings = new DetectionSettings(threshold, most);
      return pictures -> opened.detect(pictures, settings);
    }
    PictureNames names = new PictureNames(opened, NameSettings.USUAL);
    return pictures -> names.objects(pictures, encoder::pooled, most);
  }

  private void print(List<PictureBatches.Picture> batch, Finder finder, ObjectPrinter printer) {
    List<Pixels> readable =
        batch.stream().map(PictureBatches.Picture::pixels).filter(Objects::nonNull).toList();
    List<List<DetectedObject>> objects = readable.isEmpty() ? List.of() : finder.apply(readable);
    int at = 0;
    for (PictureBatches.Picture picture : batch) {
      if (picture.refused() != null) {
        fail(picture.refused().getMessage());
        continue;
      }
      List<DetectedObject> whole = whole(picture, objects.get(at++));
      printer.print(picture.file(), whole, draw(picture.file(), whole));
    }
  }

  /** The same objects in pixels of the whole picture. */
  private static List<DetectedObject> whole(
      PictureBatches.Picture picture, List<DetectedObject> objects) {
    double across = (double) picture.width() / picture.pixels().width();
    double down = (double) picture.height() / picture.pixels().height();
    return objects.stream()
        .map(
            object ->
                new DetectedObject(object.name(), object.score(), object.box().scale(across, down)))
        .toList();
  }

  /** The file that was written; null if none is wanted, or the picture is gone. */
  private Path draw(Path picture, List<DetectedObject> objects) {
    if (sheets == null) {
      return null;
    }
    try {
      Pixels pixels = loader.load(picture);
      Path file = sheets.file(picture);
      ObjectSheet.write(pixels, objects, file);
      console.message("what is where: " + Console.printable(file));
      return file;
    } catch (ImageException e) {
      fail(e.getMessage());
      return null;
    }
  }

  private void fail(String message) {
    console.message(message);
    failed = true;
  }

  /** The bundled encoder, opened when it is first asked for. */
  private static final class LazyEncoder implements AutoCloseable {
    private ImageEncoder encoder;

    float[] pooled(List<Pixels> pictures) {
      if (encoder == null) {
        encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0);
      }
      return encoder.encodePooled(pictures);
    }

    @Override
    public void close() {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
