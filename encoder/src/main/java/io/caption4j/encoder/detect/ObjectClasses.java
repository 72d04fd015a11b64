package io.caption4j.encoder.detect;

import io.caption4j.data.FileErrors;
import io.caption4j.encoder.EncoderException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of objects that a detector knows, each with a number of its own. Immutable. */
public final class ObjectClasses {
  private static final int MOST = 100_000;
  private static final int LONGEST_NAME = 200;

  private final Map<Integer, String> names; // by id, in order
  private final Map<String, Integer> ids = new HashMap<>();

  private ObjectClasses(Map<Integer, String> names) {
    this.names = Collections.unmodifiableMap(names);
    names.forEach((id, name) -> ids.put(name, id));
  }

  /**
   * Reads a file: an id, a tab and a name a line, or a name a line, of which the first is class 0.
   * Ids need not be without gaps; a model's objects of ids that are not there are left out.
   *
   * @throws EncoderException if it cannot be read, or an id or a name stands twice
   */
  public static ObjectClasses read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new EncoderException(
          file + ": expected the names of classes as text in UTF-8, found other bytes.", e);
    } catch (IOException | OutOfMemoryError e) {
      throw new EncoderException(
          Files.exists(file)
              ? "%s: the names of the classes cannot be read (%s)."
                  .formatted(file, FileErrors.reason(e))
              : "%s: there is no such file of classes.".formatted(file),
          e);
    }
  }

  static ObjectClasses parse(String source, String text) {
    List<String> lines = new ArrayList<>(text.replaceFirst("^\uFEFF", "").lines().toList());
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    boolean numbered = !lines.isEmpty() && lines.get(0).indexOf('\t') >= 0;
    Map<Integer, String> names = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String where = "%s line %d".formatted(source, i + 1);
      int id = numbered ? id(line, where) : i;
      String name = line.substring(line.indexOf('\t') + 1).strip();
      if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(c -> c < ' ')) {
        throw new EncoderException(
            "%s: expected %s, found '%s'."
                .formatted(where, numbered ? "an id, a tab and a name" : "a name", shorten(line)));
      }
      if (names.put(id, name) != null) {
        throw new EncoderException("%s: the id %d stands twice.".formatted(where, id));
      }
      Integer before = seen.put(name, i + 1);
      if (before != null) {
        throw new EncoderException(
            "%s: the name '%s' stands in line %d already.".formatted(where, name, before));
      }
    }
    if (names.isEmpty()) {
      throw new EncoderException(source + ": expected the names of classes, found none.");
    }
    return new ObjectClasses(names);
  }

  private static int id(String line, String where) {
    String id = line.split("\t", 2)[0].strip();
    if (line.indexOf('\t') < 0 || !id.matches("[0-9]{1,6}") || Integer.parseInt(id) > MOST) {
      throw new EncoderException(
          "%s: expected an id from 0 to %d, a tab and a name, found '%s'."
              .formatted(where, MOST, shorten(line)));
    }
    return Integer.parseInt(id);
  }

  private static String shorten(String line) {
    return (line.length() <= 80 ? line : line.substring(0, 80) + "...")
        .replaceAll("\\p{Cntrl}", "?");
  }

  /** The names, in the order of the file. */
  public List<String> names() {
    return List.copyOf(names.values());
  }

  /** The ids, in the order of {@link #names}. */
  public List<Integer> ids() {
    return List.copyOf(names.keySet());
  }

  /** The name of an id, if it has one. */
  public Optional<String> name(int id) {
    return Optional.ofNullable(names.get(id));
  }

  /**
   * The id of a name.
   *
   * @throws IllegalArgumentException if there is no such class
   */
  public int id(String name) {
    Integer id = ids.get(name);
    if (id == null) {
      throw new IllegalArgumentException("There is no class '%s'.".formatted(name));
    }
    return id;
  }
}
