package io.caption4j.cli;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.FileNames;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.Npy;
import io.caption4j.encoder.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code caption4j features}: pictures to numbers, for numpy and other programs. */
@Command(
    name = "features",
    header = "Writes the encoder's view of pictures for numpy.",
    description =
        "Writes what the encoder makes of pictures, as a numpy file of 32-bit floats with the shape"
            + " (N, C, R, R), or (N, C) with --pooled: (N, 1280, 7, 7) for the bundled encoder;"
            + " beside it a text file with the pictures' names, one a line, in the same order.",
    footer = {
      "  caption4j features --images photos --out photos.npy --pooled",
      "  caption4j features --images photos --out photos.npy --encoder onnx:resnet50.onnx"
    })
final class FeaturesCommand implements Callable<Integer> {
  private static final String SUFFIX = ".npy";
  private static final int BATCH = 8;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      required = true,
      description = "The folder of pictures.")
  private Path images;

  @Option(
      names = "--out",
      paramLabel = "FILE.npy",
      required = true,
      description = "The file to write; the names go to FILE.txt.")
  private Path out;

  @Option(
      names = "--pooled",
      description = "One vector a picture: the mean over the grid's positions.")
  private boolean pooled;

  @Mixin private PictureOptions folders;
  @Mixin private EncoderOption encoder;
  @Mixin private EngineOption engine;

  @Mixin private CommonOptions common;

  private Console console;
  private boolean failed;

  @Override
  public Integer call() {
    console = new Console(spec.commandLine());
    String name = String.valueOf(out.getFileName());
    Require.that(
        spec, name.endsWith(SUFFIX), "--out must be a file name that ends in .npy, found %s.", out);
    encoder.check(spec);
    PictureArguments found = PictureArguments.of(List.of(images), folders.recursive());
    found.tell(this::fail, console::message);
    if (found.pictures().isEmpty()) {
      return ExitCode.SOFTWARE;
    }
    Path names = out.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".txt");
    List<String> written = new ArrayList<>();
    try {
      AtomicFiles.write(
          out,
          part -> {
            written.addAll(encode(found.pictures(), part));
            if (written.isEmpty()) {
              throw new Caption4jException("None of the pictures in " + images + " can be read.");
            }
            AtomicFiles.write(names, file -> Files.write(file, written));
          });
      console.message("wrote %d rows to %s, names to %s.".formatted(written.size(), out, names));
    } catch (IOException e) {
      throw new Caption4jException("Cannot write %s: %s.".formatted(out, FileErrors.reason(e)), e);
    }
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void fail(String message) {
    console.message(message);
    failed = true;
  }

  /** Encodes into a file; returns the names of the pictures in it. */
  private List<String> encode(List<Path> pictures, Path file) {
    ImageLoader loader = new ImageLoader();
    List<String> names = new ArrayList<>();
    try (ConsoleProgress progress = console.progress();
        ImageEncoder network = Encoders.pack(encoder.spec(null), progress).open(engine.engine());
        NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT32, rowShape(network))) {
      List<Pixels> batch = new ArrayList<>();
      for (int i = 0; i < pictures.size(); i++) {
        try {
          batch.add(loader.load(pictures.get(i)));
          names.add(name(pictures.get(i)));
        } catch (ImageException e) {
          fail(e.getMessage());
        }
        if (batch.size() == BATCH || (i == pictures.size() - 1 && !batch.isEmpty())) {
          append(batch, network, writer);
          batch.clear();
          progress.update("encoding", i + 1, pictures.size(), "");
        }
      }
    }
    return names;
  }

  /** A picture's path below the folder; of a picture that is named itself, its name. */
  private String name(Path picture) {
    return picture.equals(images)
        ? FileNames.of(picture.getFileName())
        : FileNames.of(images.relativize(picture));
  }

  private long[] rowShape(ImageEncoder network) {
    int side = network.gridSize();
    return pooled ? new long[] {network.channels()} : new long[] {network.channels(), side, side};
  }

  private void append(List<Pixels> batch, ImageEncoder network, NpyWriter writer) {
    float[] features = pooled ? network.encodePooled(batch) : network.encodeGrid(batch);
    int length = features.length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      writer.append(Arrays.copyOfRange(features, i * length, (i + 1) * length));
    }
  }
}
