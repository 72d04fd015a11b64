package io.caption4j.data.report;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Problem;
import io.caption4j.data.Problem.Kind;
import io.caption4j.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Pictures that are in more than one split, so that a model is measured on what it has seen. */
final class Overlap {
  private Overlap() {}

  /** By file name; only of layouts in which a name means one picture. */
  static List<Problem> names(List<CaptionedImage> images) {
    return find(images, CaptionedImage::fileName, Kind.SAME_NAME, "has the name of");
  }

  /**
   * By content.
   *
   * @param hashes of the files that could be read
   */
  static List<Problem> contents(List<CaptionedImage> images, Map<Path, String> hashes) {
    return find(
        images, image -> hashes.get(image.path()), Kind.SAME_CONTENT, "has the same content as");
  }

  private static List<Problem> find(
      List<CaptionedImage> images, Function<CaptionedImage, String> key, Kind kind, String how) {
    Map<String, List<CaptionedImage>> groups = new LinkedHashMap<>();
    Map<String, CaptionedImage> first = new HashMap<>();
    for (CaptionedImage image : images) {
      String name = key.apply(image);
      CaptionedImage other = name == null ? null : first.putIfAbsent(name, image);
      if (other != null) {
        groups.computeIfAbsent(name, k -> new ArrayList<>(List.of(other))).add(image);
      }
    }
    List<Problem> problems = new ArrayList<>();
    for (List<CaptionedImage> group : groups.values()) {
      Set<Split> splits =
          group.stream()
              .map(CaptionedImage::split)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Split.class)));
      if (splits.size() > 1) {
        CaptionedImage one = group.get(0);
        String others =
            group.stream()
                .skip(1)
                .map(image -> "%s in '%s'".formatted(image.path(), image.split().label()))
                .collect(Collectors.joining(", "));
        problems.add(
            new Problem(
                kind,
                one.path(),
                "",
                "in '%s', %s %s.".formatted(one.split().label(), how, others)));
      }
    }
    return problems;
  }
}
