package io.caption4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The picture files below folders by their names, whatever the case of the letters. */
final class PictureIndex {
  private static final int DEPTH = 6; // against a home folder that is taken for a data set's

  private final Map<String, List<Path>> files = new HashMap<>(); // by name in small letters

  /** Lists the folders, each file once. */
  PictureIndex(Collection<Path> folders) {
    Set<Path> seen = new LinkedHashSet<>();
    for (Path folder : folders) {
      for (Path file : FolderFiles.of(folder, DEPTH).files()) {
        if (ImageFiles.isPicture(file) && seen.add(file.toAbsolutePath().normalize())) {
          files
              .computeIfAbsent(key(file.getFileName().toString()), k -> new ArrayList<>())
              .add(file);
        }
      }
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The files of a name: those that are spelled like it, or else those in other letters. */
  List<Path> named(String name) {
    List<Path> all = files.getOrDefault(key(name), List.of());
    List<Path> same =
        all.stream().filter(file -> file.getFileName().toString().equals(name)).toList();
    return same.isEmpty() ? all : same;
  }

  /** The files whose path below one of the folders is a name in other letters. */
  List<Path> inOtherCase(String name, Collection<Path> folders) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    Set<String> wanted = new LinkedHashSet<>();
    for (Path folder : folders) {
      wanted.add(key(folder.resolve(name).toAbsolutePath().normalize().toString()));
    }
    return files.getOrDefault(key(base), List.of()).stream()
        .filter(file -> wanted.contains(key(file.toAbsolutePath().normalize().toString())))
        .toList();
  }

  /** Whether a file lies in the folder of another split than a name's folder is. */
  static boolean ofAnotherSplit(Path file, List<String> name) {
    Optional<Split> wanted = split(name.subList(0, name.size() - 1));
    Path folder = file.getParent();
    Optional<Split> found =
        folder == null || folder.getFileName() == null
            ? Optional.empty()
            : split(List.of(folder.getFileName().toString()));
    return wanted.isPresent() && found.isPresent() && wanted.get() != found.get();
  }

  private static Optional<Split> split(List<String> folders) {
    return folders.stream().flatMap(name -> Split.ofFolder(name).stream()).reduce((a, b) -> b);
  }
}
