package io.caption4j.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the pictures of a data set may lie, most likely place first. Whatever a caption file says,
 * no picture is taken from elsewhere; links that lie in these folders are followed.
 */
public final class PictureFolders {
  /** Names under which the usual archives unpack. */
  private static final List<String> USUAL =
      List.of(
          "images",
          "Images",
          "Flicker8k_Dataset",
          "Flickr8k_Dataset",
          "Flicker8k_Dataset/Flicker8k_Dataset",
          "Flickr8k_Dataset/Flickr8k_Dataset",
          "flickr30k-images",
          "flickr30k_images",
          "flickr30k_images/flickr30k_images",
          "train2014",
          "val2014",
          "train2017",
          "val2017");

  /** Folders that hold captions and lie beside those of the pictures. */
  private static final Set<String> OF_CAPTIONS =
      Set.of(
          "text",
          "texts",
          "annotation",
          "annotations",
          "caption",
          "captions",
          "flickr8k_text",
          "flickr30k_text",
          "caption_datasets",
          "karpathy",
          "labels",
          "metadata",
          "splits");

  private static final Pattern DETOUR = Pattern.compile("(^|/)\\.\\.?/");

  private final List<Path> folders;
  private final Path root;
  private final List<Path> within; // absolute; nothing outside is read
  private final Map<String, List<Path>> existing = new HashMap<>(); // by a name's folder
  private final NameNotes notes = new NameNotes();
  private PictureIndex index; // made when a name is not found

  private PictureFolders(Set<Path> bases, Path above, Path root) {
    this.root = root;
    Set<Path> found = new LinkedHashSet<>();
    bases.forEach(base -> found.addAll(usual(base)));
    found.addAll(bases);
    if (above != null) {
      found.addAll(usual(above));
    }
    folders = List.copyOf(found);
    within = folders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  private static List<Path> usual(Path base) {
    return USUAL.stream().map(base::resolve).filter(Files::isDirectory).toList();
  }

  /**
   * The folder that the user named, and the usual folders in it.
   *
   * @throws DataException if there is no such folder
   */
  public static PictureFolders named(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException("There is no folder of pictures " + FileNames.of(folder) + ".");
    }
    return new PictureFolders(Set.of(folder), null, folder);
  }

  /**
   * The folder of a data set and the one that its captions lie in, which may be the same, and the
   * usual folders in them. Beside a folder that is named like one of captions, such as {@code
   * annotations}, the usual folders count too.
   */
  public static PictureFolders around(Path data, Path captions) {
    Set<Path> bases = new LinkedHashSet<>();
    bases.add(data);
    Path folder = captions.toAbsolutePath().getParent();
    if (!data.toAbsolutePath().equals(folder)) {
      bases.add(folder);
    }
    return new PictureFolders(bases, above(data, captions).orElse(null), data);
  }

  /**
   * The folder above that of a caption file, if it belongs to the data set: it lies in the one that
   * was named, or the caption file's folder is named like one of captions.
   */
  static Optional<Path> above(Path data, Path captions) {
    Path folder = captions.toAbsolutePath().normalize().getParent();
    Path above = folder.getParent();
    if (above == null) {
      return Optional.empty();
    }
    boolean inside = above.startsWith(data.toAbsolutePath().normalize());
    String name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
    return inside || OF_CAPTIONS.contains(name) ? Optional.of(above) : Optional.empty();
  }

  /**
   * Where a picture lies, or should lie if it is nowhere.
   *
   * @param names its path below one of the folders; the first that exists in any folder is taken
   */
  public Path find(List<String> names) {
    Path found = search(names);
    return found != null ? found : missing(folders.get(0), names.get(0));
  }

  /**
   * The same of a picture that should lie beside the file that names it.
   *
   * @param folder of that file, one within the data set's
   * @param name the picture's path below it
   * @param names where it may lie else
   */
  Path findBeside(Path folder, String name, List<String> names) {
    Path beside = resolve(folder, PictureName.isUrl(name) ? "" : name);
    if (isWithin(beside) && Files.isRegularFile(beside)) {
      return beside;
    }
    Path found = search(names);
    return found != null ? found : missing(folder, name);
  }

  private Path search(List<String> names) {
    for (String name : names) {
      Path found = PictureName.isUrl(name) ? null : exact(name);
      if (found != null) {
        return found;
      }
    }
    for (String name : names) {
      Path found = elsewhere(name);
      if (found != null) {
        notes.found(names.get(Math.min(1, names.size() - 1)), found);
        return found;
      }
    }
    return null;
  }

  private static Path missing(Path folder, String name) {
    return resolve(folder, PictureName.foreign(name).map(PictureName::base).orElse(name));
  }

  /** The folder that the user named: the pictures', else the data set's. */
  Path root() {
    return root;
  }

  /** What there is to tell of pictures that were found under other names; lines. */
  public List<String> notes() {
    return notes.lines();
  }

  private Path exact(String name) {
    int slash = Math.max(0, name.lastIndexOf('/'));
    String file = slash == 0 ? name : name.substring(slash + 1);
    boolean detour = DETOUR.matcher(name).find(); // one path a file, to tell which have captions
    for (Path folder : existing.computeIfAbsent(name.substring(0, slash), this::existing)) {
      Path candidate = resolve(folder, file);
      if (isWithin(candidate) && Files.exists(candidate)) {
        return detour ? candidate.normalize() : candidate;
      }
    }
    return null;
  }

  /** Asked once: 120,000 pictures would be looked for in many folders that are not there. */
  private List<Path> existing(String below) {
    return folders.stream()
        .map(folder -> resolve(folder, below))
        .filter(Files::isDirectory)
        .toList();
  }

  private boolean isWithin(Path file) {
    Path normal = file.toAbsolutePath().normalize();
    return within.stream().anyMatch(normal::startsWith);
  }

  /** A picture that another system or machine named, or one in other letters; null if none. */
  private Path elsewhere(String name) {
    Optional<PictureName> foreign = PictureName.foreign(name);
    if (foreign.isEmpty()) {
      return only(name, index().inOtherCase(name, folders));
    }
    for (String path : foreign.get().paths()) {
      Path found = exact(path);
      if (found != null) {
        return found;
      }
    }
    List<Path> named =
        index().named(foreign.get().base()).stream()
            .filter(file -> !PictureIndex.ofAnotherSplit(file, foreign.get().parts()))
            .toList();
    return only(name, named);
  }

  private Path only(String name, List<Path> found) {
    if (found.size() > 1) {
      notes.several(name, found);
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  private PictureIndex index() {
    if (index == null) {
      index = new PictureIndex(folders);
    }
    return index;
  }

  /** A path below a folder; a name that no file can have is an error that names it. */
  static Path resolve(Path folder, String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw new DataException("'" + name + "' cannot be a picture's file name.", e);
    }
  }
}
