package io.caption4j.cli;

import io.caption4j.data.AtomicFiles;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.DataException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.FileNames;
import io.caption4j.data.metadata.PictureDescription;
import io.caption4j.decoder.Caption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes captions to files: a text beside each picture, the picture's own metadata, or both. */
final class CaptionFiles {
  private final CaptionFileOptions options;
  private final Consumer<String> failures;
  private final Map<Path, Path> texts = new HashMap<>(); // by picture; those to be written
  private final Set<Path> described = new HashSet<>(); // pictures whose metadata is to be written
  private int textsKept;
  private int descriptionsKept;
  private int textsWritten;
  private int descriptionsWritten;

  /**
   * Makes one.
   *
   * @param failures gets a line for each file that cannot be written
   */
  CaptionFiles(CaptionFileOptions options, Consumer<String> failures) {
    this.options = options;
    this.failures = failures;
  }

  /**
   * Looks what is there already.
   *
   * @param arguments of the command line, whose folders' trees are kept below {@code --out}
   * @return the pictures that need captions
   */
  List<Path> wanting(List<Path> pictures, List<Path> arguments) {
    Map<Path, Path> taken = new HashMap<>(); // by text
    List<Path> wanting = new ArrayList<>();
    for (Path picture : new LinkedHashSet<>(pictures)) {
      boolean wanted = options.sidecar() && wantsText(picture, arguments, taken);
      wanted |= options.metadata() && wantsDescription(picture);
      if (wanted) {
        wanting.add(picture);
      }
    }
    return wanting;
  }

  private boolean wantsText(Path picture, List<Path> arguments, Map<Path, Path> taken) {
    Path text = options.text(picture, arguments);
    Path other = taken.putIfAbsent(text.toAbsolutePath().normalize(), picture);
    if (other != null) {
      failures.accept(
          "%s and %s would both be written to %s; %s is left out."
              .formatted(other, picture, text, picture));
      return false;
    }
    if (Files.isDirectory(text)) {
      failures.accept("Cannot write %s: it is a folder.".formatted(FileNames.of(text)));
      return false;
    }
    if (Files.exists(text) && !options.overwrite()) {
      textsKept++;
      return false;
    }
    texts.put(picture, text);
    return true;
  }

  private boolean wantsDescription(Path picture) {
    try {
      if (!PictureDescription.read(picture).isEmpty() && !options.overwrite()) {
        descriptionsKept++;
        return false;
      }
      described.add(picture);
      return true;
    } catch (Caption4jException e) {
      failures.accept(e.getMessage());
      return false;
    }
  }

  /** Writes a picture's captions to where they are wanted. */
  void write(Path picture, List<Caption> captions) {
    if (captions.isEmpty()) {
      failures.accept("The model has no caption for " + picture + ".");
      return;
    }
    try {
      Path text = texts.get(picture);
      if (text != null) {
        String lines =
            captions.stream()
                .map(caption -> options.worded(caption.text()) + "\n")
                .collect(Collectors.joining());
        writeText(text, lines);
        textsWritten++;
      }
      if (described.contains(picture)) {
        PictureDescription.write(picture, options.worded(captions.get(0).text()));
        descriptionsWritten++;
      }
    } catch (Caption4jException e) {
      failures.accept(e.getMessage());
    }
  }

  private static void writeText(Path text, String lines) {
    try {
      AtomicFiles.write(text, part -> Files.writeString(part, lines));
    } catch (IOException e) {
      throw new DataException(
          "Cannot write %s: %s.".formatted(FileNames.of(text), FileErrors.reason(e)), e);
    }
  }

  /** Whether there is any file now, be it an older one. */
  boolean any() {
    return textsWritten + textsKept + descriptionsWritten + descriptionsKept > 0;
  }

  /** A line for each kind of file: how many were written and how many left alone. */
  List<String> summary() {
    List<String> lines = new ArrayList<>();
    if (options.sidecar()) {
      lines.add(line("text files", textsWritten, textsKept, "were there already"));
    }
    if (options.metadata()) {
      lines.add(
          line("pictures described", descriptionsWritten, descriptionsKept, "had a description"));
    }
    return lines;
  }

  private static String line(String what, int written, int kept, String why) {
    String line = "%s: %d written".formatted(what, written);
    return kept == 0
        ? line
        : "%s, %d left alone, as they %s (--overwrite replaces them)".formatted(line, kept, why);
  }
}
