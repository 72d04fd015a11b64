package io.caption4j.data.report;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Problem;
import io.caption4j.data.Progress;
import io.caption4j.data.Sha256;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What became of the picture files of a data set when they were read.
 *
 * @param hashes SHA-256 of the content of each file that is in order, 64 hex digits
 * @param problems of the others: missing or broken
 */
record PictureCheck(Map<Path, String> hashes, List<Problem> problems) {
  private static final String NAME = "the file"; // the problem names it already

  private record Result(Path file, String hash, Problem problem) {}

  /**
   * Reads files, on all cores.
   *
   * @param files without repetition
   * @param decode whether each is decoded; else only its header and its end are looked at
   */
  static PictureCheck of(List<Path> files, boolean decode, Progress progress) {
    ImageLoader loader = new ImageLoader();
    AtomicLong done = new AtomicLong();
    String task = decode ? "decoding pictures" : "checking pictures";
    List<Result> results =
        files.parallelStream()
            .map(
                file -> {
                  Result result = check(file, decode, loader);
                  synchronized (done) { // the count must not go back on the screen
                    progress.update(task, done.incrementAndGet(), files.size(), "");
                  }
                  return result;
                })
            .toList();
    Map<Path, String> hashes = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Result result : results) {
      if (result.problem() == null) {
        hashes.put(result.file(), result.hash());
      } else {
        problems.add(result.problem());
      }
    }
    return new PictureCheck(hashes, problems);
  }

  private static Result check(Path file, boolean decode, ImageLoader loader) {
    try {
      byte[] encoded = loader.read(file, NAME);
      if (decode) {
        loader.load(encoded, NAME);
      } else {
        loader.check(encoded, NAME);
      }
      return new Result(file, Sha256.hex(encoded), null);
    } catch (ImageException e) {
      Problem.Kind kind =
          e.reason() == ImageException.Reason.MISSING
              ? Problem.Kind.PICTURE_MISSING
              : Problem.Kind.PICTURE_BROKEN;
      boolean missing = e.getCause() instanceof NoSuchFileException && !Files.isSymbolicLink(file);
      String text = missing ? "there is no such file." : e.getMessage();
      return new Result(file, null, new Problem(kind, file, "", text));
    }
  }
}
