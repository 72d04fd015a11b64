package io.caption4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of captions that go to files. */
final class CaptionFileOptions {
  private static final Set<String> PICTURES =
      Set.of(
          "jpg jpeg jpe jfif png gif webp bmp tif tiff heic heif avif jxl raw dng cr2 nef arw"
              .split(" "));

  @Option(
      names = "--sidecar",
      paramLabel = "EXT",
      description =
          "Write the captions to NAME.EXT beside each picture, a caption a line, such as --sidecar"
              + " .txt; a file that is there is left alone and its picture not captioned, so that"
              + " a stopped run goes on where it was. Prints nothing but with --format.")
  private String sidecar;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "With --sidecar: write below this folder, in the same tree.")
  private Path out;

  @Option(
      names = "--write-metadata",
      description =
          "Write the best caption into each picture's metadata: XMP dc:description of JPEG, PNG and"
              + " WebP, and of JPEG also IPTC Caption-Abstract and EXIF ImageDescription. Pixels"
              + " stay as they are; a picture that has one of these is left alone. Prints nothing"
              + " but with --format.")
  private boolean metadata;

  @Option(
      names = "--overwrite",
      description = "Replace text files and descriptions that are there.")
  private boolean overwrite;

  @Option(
      names = "--prefix",
      paramLabel = "WORDS",
      description = "Put before each caption in files, with a blank.")
  private String prefix = "";

  @Option(
      names = "--suffix",
      paramLabel = "WORDS",
      description =
          "Put after each caption in files, with a blank unless it begins with punctuation.")
  private String suffix = "";

  boolean on() {
    return sidecar() || metadata;
  }

  boolean sidecar() {
    return sidecar != null;
  }

  boolean metadata() {
    return metadata;
  }

  boolean overwrite() {
    return overwrite;
  }

  /** What to do with what was written. */
  String next() {
    if (!sidecar()) {
      return "exiftool -Description PICTURE reads it back";
    }
    return out == null
        ? "caption4j data DIR tells what such a folder holds"
        : "caption4j data %s --images DIR tells what such a folder holds"
            .formatted(Console.printable(out));
  }

  /** Checks what picocli cannot. */
  void check(CommandSpec spec) {
    Require.that(spec, out == null || sidecar(), "--out needs --sidecar.");
    Require.that(
        spec,
        on() || !overwrite && prefix.isEmpty() && suffix.isEmpty(),
        "--overwrite, --prefix and --suffix need --sidecar or --write-metadata.");
    Require.that(
        spec,
        prefix.lines().count() <= 1 && suffix.lines().count() <= 1,
        "--prefix and --suffix must be one line each.");
    if (sidecar()) {
      String extension = extension();
      Require.that(
          spec,
          extension.matches("[\\w-]+(\\.[\\w-]+)*"),
          "--sidecar must be an extension such as .txt, found '%s'.",
          sidecar);
      Require.that(
          spec,
          !PICTURES.contains(extension.toLowerCase(Locale.ROOT)),
          "--sidecar '%s' would write over pictures; expected an extension such as .txt.",
          sidecar);
    }
  }

  private String extension() {
    return sidecar.startsWith(".") ? sidecar.substring(1) : sidecar;
  }

  /** The text file of a picture. */
  Path text(Path picture, List<Path> arguments) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String text = (dot > 0 ? name.substring(0, dot) : name) + "." + extension();
    if (out == null) {
      return picture.resolveSibling(text);
    }
    for (Path argument : arguments) {
      if (picture.startsWith(argument) && Files.isDirectory(argument)) {
        return out.resolve(argument.relativize(picture)).resolveSibling(text);
      }
    }
    return out.resolve(text);
  }

  /** A caption with the words round it. */
  String worded(String caption) {
    String before = prefix.isBlank() ? "" : prefix.strip() + " ";
    String after = suffix.strip();
    boolean joined = after.isEmpty() || ",.;:!?)".indexOf(after.charAt(0)) >= 0;
    return before + caption + (joined ? "" : " ") + after;
  }
}
