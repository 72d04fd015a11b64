package io.caption4j.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;

/**
 * Why a file cannot be read or written, in words. Java's own messages are often the file's name and
 * nothing else.
 */
public final class FileErrors {
  /** The reason of a file or folder that is not there. */
  static final String MISSING = "there is no such file or folder";

  /** Java's own words after the system's, which are in the language of the locale. */
  private static final String TOO_MANY_LINKS = "unable to access attributes of symbolic link";

  private static final int LONGEST_NAME = 255; // bytes, on the usual file systems
  private static final String TOO_LONG = "the name is too long";
  private static final String FOLDER = "it is a folder";
  private static final String NO_FOLDER = "a part of the path is a file, not a folder";

  /** What the system says, and what it means. */
  private static final Map<String, String> WORDS =
      Map.of(
          "Is a directory",
          FOLDER,
          "Not a directory",
          NO_FOLDER,
          "Permission denied",
          "permission denied",
          "Operation not permitted",
          "permission denied",
          "No such file or directory",
          MISSING,
          "File name too long",
          TOO_LONG);

  private FileErrors() {}

  /** The reason without a full stop, for messages such as {@code Cannot read a.jpg: REASON.} */
  public static String reason(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return reason(unchecked.getCause());
    }
    if (failure instanceof FileSystemException e) {
      return ofFileSystem(e);
    }
    String message = failure.getMessage();
    if (failure instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    if (failure instanceof FileNotFoundException && message != null && message.endsWith(")")) {
      return words(message.substring(message.lastIndexOf('(') + 1, message.length() - 1));
    }
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return words(message.strip());
  }

  /** The same of a file that was to be read; a folder is told by a look, in any language. */
  public static String reason(Path file, Throwable failure) {
    return Files.isDirectory(file) ? FOLDER : reason(failure);
  }

  private static String ofFileSystem(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return MISSING;
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemLoopException) {
      return "the link leads back to a folder above it";
    }
    if (e instanceof NotDirectoryException) {
      return "it is not a folder";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "the folder is not empty";
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getFile() + " exists already";
    }
    if (e.getReason() == null) {
      return e.getClass().getSimpleName();
    }
    return hasLongName(e.getFile()) ? TOO_LONG : words(e.getReason().strip());
  }

  private static boolean hasLongName(String file) {
    return file != null
        && Arrays.stream(file.split("[/\\\\]"))
            .anyMatch(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME);
  }

  private static String words(String reason) {
    String plain = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    return plain.endsWith(TOO_MANY_LINKS)
        ? "too many levels of links"
        : WORDS.getOrDefault(plain, plain);
  }

  /**
   * Why a path that is there in its folder's list cannot be followed; of a link that leads nowhere,
   * that it does.
   */
  static String ofLink(Path link) {
    try {
      Files.readAttributes(link, BasicFileAttributes.class);
      return "it changed meanwhile";
    } catch (NoSuchFileException e) {
      return Files.exists(link, LinkOption.NOFOLLOW_LINKS) ? "the link leads nowhere" : reason(e);
    } catch (IOException e) {
      return reason(e);
    }
  }
}
