package io.caption4j.data;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A picture's name in a caption file that another system or machine wrote: with backslashes, an
 * absolute path, a URL, or a path that leads upwards.
 */
record PictureName(List<String> parts, boolean whole) {
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*");

  /**
   * Takes such a name apart; empty for one that is relative, with slashes and downwards.
   *
   * <p>{@code parts} are folders and the file; {@code whole} tells whether they are all of it, as
   * in {@code images\red.png}, or the end of a path that begins elsewhere.
   */
  static Optional<PictureName> foreign(String name) {
    boolean url = isUrl(name);
    boolean absolute = url || name.startsWith("/") || name.startsWith("~/") || isDrive(name);
    String path = url ? ofUrl(name) : name;
    if (isDrive(name)) {
      path = name.substring(2);
    }
    absolute |= path.startsWith("\\");
    List<String> parts = new ArrayList<>();
    boolean upwards = false;
    for (String part : path.replace('\\', '/').split("/")) {
      if (part.equals("..")) {
        upwards |= parts.isEmpty();
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".") && !part.equals("~")) {
        parts.add(part);
      }
    }
    boolean foreign = absolute || upwards || path.indexOf('\\') >= 0;
    return foreign && !parts.isEmpty()
        ? Optional.of(new PictureName(List.copyOf(parts), !absolute && !upwards))
        : Optional.empty();
  }

  static boolean isUrl(String name) {
    return URL.matcher(name).matches();
  }

  private static boolean isDrive(String name) {
    return DRIVE.matcher(name).matches();
  }

  /** The path of a URL, without its query, as plain text. */
  private static String ofUrl(String url) {
    String path = url.substring(url.indexOf("://") + 3).split("[?#]", 2)[0];
    int slash = path.indexOf('/');
    path = slash < 0 ? "" : path.substring(slash);
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  /** The file's name. */
  String base() {
    return parts.get(parts.size() - 1);
  }

  /**
   * The paths below a folder of pictures that it may stand for, the longest first; the file's name
   * alone only if that is all there is.
   */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    for (int from = 0; from < parts.size() - 1; from++) {
      paths.add(String.join("/", parts.subList(from, parts.size())));
    }
    if (parts.size() == 1 && whole) {
      paths.add(parts.get(0));
    }
    return paths;
  }
}
