package io.caption4j.cli;

import io.caption4j.data.FoundImages;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.PassedOver;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The pictures that files and folders of a command line stand for.
 *
 * @param pictures files, those of a folder sorted by name
 * @param problems a sentence for each argument that stands for none, and for each thing in a folder
 *     that cannot be read
 * @param passedOver files that are no pictures
 */
record PictureArguments(List<Path> pictures, List<String> problems, PassedOver passedOver) {
  /**
   * Looks the arguments up. A file that is named itself may be called anything.
   *
   * @param recursive whether folders in folders are searched too
   */
  static PictureArguments of(List<Path> arguments, boolean recursive) {
    FoundImages found = ImageFiles.find(arguments, recursive);
    return new PictureArguments(found.pictures(), found.problems(), found.passedOver());
  }

  /** A picture that is there. */
  static PictureArguments of(Path picture) {
    return new PictureArguments(List.of(picture), List.of(), PassedOver.NONE);
  }

  /** These, and then others. */
  PictureArguments plus(PictureArguments others) {
    return new PictureArguments(
        Stream.concat(pictures.stream(), others.pictures.stream()).toList(),
        Stream.concat(problems.stream(), others.problems.stream()).toList(),
        passedOver.plus(others.passedOver));
  }

  /**
   * Tells what cannot be read, and in one sentence what is no picture.
   *
   * @param failures gets each problem
   * @param messages gets the sentence, if there is one
   */
  void tell(Consumer<String> failures, Consumer<String> messages) {
    problems.forEach(failures);
    passedOver.sentence().ifPresent(messages);
  }
}
