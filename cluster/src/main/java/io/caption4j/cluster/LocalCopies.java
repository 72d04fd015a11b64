package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.encoder.FileHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Files of any file system where they can be memory-mapped: those of this machine as they are,
 * others copied once, into the folder of temporary files.
 */
final class LocalCopies {
  private LocalCopies() {}

  /**
   * A file on this machine.
   *
   * @throws Caption4jException if there is none, or it cannot be copied
   */
  static Path of(String uri) {
    try {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
      Configuration configuration = HadoopFiles.configuration();
      FileSystem files = path.getFileSystem(configuration);
      if (files.getScheme().equals("file")) {
        return Path.of(path.toUri().getPath());
      }
      FileStatus status = files.getFileStatus(path);
      // A file that changed is another one.
      String key = uri + " " + status.getLen() + " " + status.getModificationTime();
      String name = FileHash.sha256(key.getBytes(StandardCharsets.UTF_8));
      Path folder = Path.of(System.getProperty("java.io.tmpdir"), "caption4j-features");
      Files.createDirectories(folder);
      Path copy = folder.resolve(name);
      if (!Files.exists(copy)) {
        Path part = Files.createTempFile(folder, name, ".part");
        try (var in = files.open(path)) {
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      return copy;
    } catch (IOException e) {
      throw new Caption4jException(
          "Cannot get %s to this machine: %s. Executors must see the feature cache: name it with --features."
              .formatted(uri, e.getMessage()),
          e);
    }
  }
}
