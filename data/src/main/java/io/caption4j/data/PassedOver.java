package io.caption4j.data;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of folders that are not named like pictures.
 *
 * @param formats how many there are of each format, which is the end of the name in capitals; empty
 *     for those that have none
 */
public record PassedOver(Map<String, Integer> formats) {
  /** None. */
  public static final PassedOver NONE = new PassedOver(Map.of());

  private static final int NAMED = 8;
  private static final String FORMAT = "[A-Z0-9_+-]{1,12}";

  /** Copies the counts. */
  public PassedOver {
    formats = Map.copyOf(formats);
  }

  /** Counts files. */
  static PassedOver of(Collection<Path> files) {
    Map<String, Integer> formats = new TreeMap<>();
    files.forEach(file -> formats.merge(format(file.getFileName().toString()), 1, Integer::sum));
    return new PassedOver(formats);
  }

  private static String format(String name) {
    int dot = name.lastIndexOf('.');
    String end = name.substring(dot + 1).toUpperCase(Locale.ROOT);
    return dot > 0 && end.matches(FORMAT) ? end : "";
  }

  /** These and others. */
  public PassedOver plus(PassedOver others) {
    if (others.formats.isEmpty()) {
      return this;
    }
    Map<String, Integer> sum = new TreeMap<>(formats);
    others.formats.forEach((format, count) -> sum.merge(format, count, Integer::sum));
    return new PassedOver(sum);
  }

  /** A sentence that counts them; empty if there is none. */
  public Optional<String> sentence() {
    int all = sum(formats.entrySet());
    if (all == 0) {
      return Optional.empty();
    }
    List<Map.Entry<String, Integer>> sorted =
        formats.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Integer> e) -> e.getKey().isEmpty())
                    .thenComparing(e -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    int named = sorted.size() > NAMED + 1 ? NAMED : sorted.size();
    String list =
        sorted.subList(0, named).stream()
            .map(
                e ->
                    e.getValue()
                        + (e.getKey().isEmpty() ? " without an extension" : " " + e.getKey()))
            .collect(Collectors.joining(", "));
    int others = sum(sorted.subList(named, sorted.size()));
    return Optional.of(
        "%d %s that caption4j reads: %s%s."
            .formatted(
                all,
                all == 1 ? "file is not a picture" : "files are not pictures",
                list,
                others == 0 ? "" : ", %d others".formatted(others)));
  }

  private static int sum(Collection<Map.Entry<String, Integer>> counts) {
    return counts.stream().mapToInt(Map.Entry::getValue).sum();
  }
}
