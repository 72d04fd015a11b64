package io.caption4j.data;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Something wrong in a data set.
 *
 * @param kind what sort of thing
 * @param file the file that it stands in, or the picture
 * @param place where in that file: a line, an entry, an id; may be empty
 * @param text what was expected and found, or what became of it
 */
public record Problem(Kind kind, Path file, String place, String text) {
  /** What can be wrong. */
  public enum Kind {
    /** A folder or link in the data set's folder that cannot be read; captions may lie in it. */
    UNREADABLE("folders or links that cannot be read", false),
    /** A line that is not UTF-8; left out. */
    NOT_UTF8("lines that are not UTF-8", false),
    /** A line or a JSON object that is not what the layout has there; left out. */
    BROKEN_ENTRY("broken lines or entries", false),
    /** A caption of nothing but blanks; left out. */
    EMPTY_CAPTION("empty captions", false),
    /** The same picture, caption or id once more; the text says what became of it. */
    REPEATED_ID("repeated ids", false),
    /** One id for two pictures: whose captions are whose cannot be told. */
    CONFLICTING_ID("ids that two pictures share", true),
    /** A picture that is trained and measured on. */
    TWO_SPLITS("pictures in two splits", true),
    /** Captions of a picture that the captions' file does not list; left out. */
    CAPTION_WITHOUT_PICTURE("pictures that have captions but are not listed", false),
    /** A picture that the captions' file lists without any caption; left out. */
    PICTURE_WITHOUT_CAPTION("listed pictures without captions", false),
    /** A picture with captions that belongs to no split; left out. */
    PICTURE_WITHOUT_SPLIT("captioned pictures in no split", false),
    /** A picture file that is not there; its captions are left out. */
    PICTURE_MISSING("captioned pictures without a file", false),
    /** A picture file that cannot be read; left out. */
    PICTURE_BROKEN("broken picture files", false),
    /** A picture file beside the others that no caption names. */
    FILE_WITHOUT_CAPTION("picture files without captions", false),
    /** A file name that occurs in two splits. */
    SAME_NAME("file names in two splits", false),
    /** The same bytes in two splits: measured on what it was trained on. */
    SAME_CONTENT("pictures with the same content in two splits", false);

    private final String label;
    private final boolean fatal;

    Kind(String label, boolean fatal) {
      this.label = label;
      this.fatal = fatal;
    }

    /** The kind in words, in the plural. */
    public String label() {
      return label;
    }

    /** Whether training on such a data set would be wrong, so that it is refused. */
    public boolean fatal() {
      return fatal;
    }
  }

  /** Checks that nothing is null. */
  public Problem {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(text, "text");
  }

  /** All in one line: {@code captions.txt line 3: expected ...}. */
  @Override
  public String toString() {
    return FileNames.of(file) + (place.isEmpty() ? "" : " " + place) + ": " + text;
  }
}
