package io.caption4j.cli;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The methods that compiled classes call, from their constant pools (JVM specification, 4.4). */
final class ClassCalls {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;

  private ClassCalls() {}

  /**
   * Of all classes of the jar or folder that a class came from.
   *
   * @return by class file, each call as {@code package/Owner.method}
   */
  static Map<String, List<String>> ofAllBeside(Class<?> type) {
    try {
      URI from = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path path = Path.of(from);
      if (Files.isDirectory(path)) {
        return ofAll(path);
      }
      try (FileSystem jar = FileSystems.newFileSystem(path)) {
        return ofAll(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, List<String>> ofAll(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(file -> file.toString().endsWith(".class")).toList();
    }
    Map<String, List<String>> calls = new HashMap<>();
    for (Path file : files) {
      // Read whole: streams of a zip file system skip less than they are asked to.
      InputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
      calls.put(root.relativize(file).toString(), of(new DataInputStream(in)));
    }
    return calls;
  }

  private static List<String> of(DataInputStream in) throws IOException {
    in.skipNBytes(8); // magic and version
    int count = in.readUnsignedShort();
    int[] tags = new int[count];
    int[][] pairs = new int[count][2];
    String[] texts = new String[count];
    for (int i = 1; i < count; i++) {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case UTF8 -> texts[i] = in.readUTF();
        case CLASS, 8, 16, 19, 20 -> pairs[i][0] = in.readUnsignedShort();
        case 15 -> in.skipNBytes(3);
        case LONG, DOUBLE -> {
          in.skipNBytes(8);
          i++; // they take two places
        }
        default -> {
          pairs[i][0] = in.readUnsignedShort();
          pairs[i][1] = in.readUnsignedShort();
        }
      }
    }
    List<String> calls = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      if (tags[i] == METHOD || tags[i] == INTERFACE_METHOD) {
        int nameAndType = pairs[i][1];
        if (tags[nameAndType] != NAME_AND_TYPE) {
          throw new IOException("expected a name and type, found tag " + tags[nameAndType]);
        }
        calls.add(texts[pairs[pairs[i][0]][0]] + "." + texts[pairs[nameAndType][0]]);
      }
    }
    return calls;
  }
}
