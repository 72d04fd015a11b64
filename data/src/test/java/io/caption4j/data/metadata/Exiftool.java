package io.caption4j.data.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What others read of a file: exiftool, where it is installed. */
final class Exiftool {
  private static final Path PROGRAM = Path.of("/usr/bin/exiftool");
  private static final String OURS =
      "(File|System|ExifTool|Photoshop:IPTCDigest|.*:CodedCharacterSet|.*:ThumbnailOffset"
          + "|.*:ApplicationRecordVersion|XMP-x:XMPToolkit|.*:Description.*|.*:ImageDescription"
          + "|.*:Caption-Abstract|.*:HasExtendedXMP|RIFF:WebP_Flags|SourceFile).*";

  private Exiftool() {}

  static boolean missing() {
    return !Files.isExecutable(PROGRAM);
  }

  /** All tags that a description has nothing to do with. */
  static Map<String, String> others(Path file) throws IOException {
    JsonNode read =
        new ObjectMapper()
            .readTree(run(List.of("-a", "-G1", "-s", "-j", "-b", file.toString())))
            .get(0);
    Map<String, String> tags = new TreeMap<>();
    for (Map.Entry<String, JsonNode> tag : read.properties()) {
      if (!tag.getKey().matches(OURS)) {
        tags.put(tag.getKey(), tag.getValue().toString());
      }
    }
    return tags;
  }

  /** What it warns of. */
  static List<String> warnings(Path file) {
    return run(List.of("-validate", "-warning", "-error", "-a", "-s3", file.toString()))
        .lines()
        .filter(line -> !line.matches("OK|\\d+ Warnings?.*|\\d+ Errors?.*"))
        .toList();
  }

  /** The three descriptions of a JPEG. */
  static List<String> descriptions(Path file) {
    return run(List.of(
            "-s3",
            "-XMP-dc:Description",
            "-IPTC:Caption-Abstract",
            "-EXIF:ImageDescription",
            file.toString()))
        .lines()
        .toList();
  }

  /** Writes tags. */
  static void write(Path file, List<String> options) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-q", "-m", "-overwrite_original", file.toString()));
    run(all);
  }

  private static String run(List<String> options) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-charset", "utf8"));
    command.addAll(options);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
