package io.caption4j.serve;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileNames;
import io.caption4j.data.FoundImages;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pictures of a folder and of the folders in it, each with an id. A client names pictures by id
 * alone, so no path of a client's is ever opened; a link that leads out of the folder is left out.
 */
final class GalleryFolder {
  private static final int ID_DIGITS = 32;

  /** What an id looks like. */
  static final String ID_FORM = "[0-9a-f]{" + ID_DIGITS + "}";

  private final Path folder;
  private final FoundImages found;
  private final Map<String, Path> files = new LinkedHashMap<>();

  private GalleryFolder(Path folder, FoundImages found) {
    this.folder = folder;
    this.found = found;
  }

  /**
   * Lists a folder.
   *
   * @throws Caption4jException if it is none, or has no pictures
   */
  static GalleryFolder of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new Caption4jException(
          "%s is no folder; expected one with the pictures to search.".formatted(folder));
    }
    GalleryFolder gallery = new GalleryFolder(folder, ImageFiles.find(List.of(folder), true));
    if (gallery.found.pictures().isEmpty()) {
      throw new Caption4jException(gallery.found.problems().get(0));
    }
    for (Path file : gallery.found.pictures()) {
      if (gallery.holds(file)) {
        gallery.files.put(gallery.id(file), file);
      }
    }
    return gallery;
  }

  /** The folder. */
  Path path() {
    return folder;
  }

  /** Its pictures, in the order of their paths. */
  List<Path> files() {
    return List.copyOf(files.values());
  }

  /** What could not be read or was passed over when it was listed; sentences. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(found.problems());
    found.passedOver().sentence().ifPresent(notes::add);
    return notes;
  }

  /** The picture with an id, if there is one still. */
  Optional<Path> file(String id) {
    return Optional.ofNullable(files.get(id)).filter(this::holds);
  }

  /** Whether a file lies in the folder, links followed. */
  private boolean holds(Path file) {
    try {
      return file.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  /** Where a picture lies within the folder, with slashes on every system. */
  String name(Path file) {
    return FileNames.of(folder.relativize(file)).replace(File.separatorChar, '/');
  }

  /** A picture's id: the same at every start, as long as its name stays. */
  String id(Path file) {
    return Sha256.hex(name(file).getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS);
  }
}
