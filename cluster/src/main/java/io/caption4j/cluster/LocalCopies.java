package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.Progress;
import io.caption4j.data.Sha256;
import io.caption4j.encoder.ShardWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;

/** Files of any file system where they can be memory-mapped, on this machine. */
final class LocalCopies {
  private LocalCopies() {}

  /**
   * A file on this machine: one that lies here as it is, another copied once into the folder that
   * Spark has for temporary files, where executors of a machine share it.
   *
   * @throws Caption4jException if there is none, or it cannot be copied
   */
  static Path of(String uri) {
    try {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
      if (HadoopFiles.isLocal(uri)) {
        return Path.of(path.toUri().getPath());
      }
      FileSystem files = path.getFileSystem(HadoopFiles.configuration());
      FileStatus status = files.getFileStatus(path);
      // A file that changed is another one.
      String key = uri + " " + status.getLen() + " " + status.getModificationTime();
      Path copy = folder().resolve(Sha256.hex(key.getBytes(StandardCharsets.UTF_8)));
      if (!Files.exists(copy)) {
        copy(files, path, copy);
      }
      return copy;
    } catch (IOException e) {
      throw new Caption4jException(
          "Cannot get %s to this machine: %s. Executors must see all features that the driver trains on: run the job features over all pictures, and name its --out with --features."
              .formatted(uri, e.getMessage()),
          e);
    }
  }

  /**
   * Brings the shards of a feature cache to this machine, those that are not there yet.
   *
   * @param features URI of the folder of feature caches, on another file system
   * @param cache where caches lie on this machine
   * @param names of the shards' folders in either, as {@link ShardWriter#folder} gives them
   * @throws Caption4jException if there are no shards, or they cannot be copied
   */
  static void shards(String features, Path cache, List<String> names, Progress progress) {
    Configuration configuration = HadoopFiles.configuration();
    for (String name : names) {
      org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(features + "/" + name);
      try {
        shards(from.getFileSystem(configuration), from, cache.resolve(name), progress);
      } catch (IOException e) {
        throw new Caption4jException(
            "Cannot copy features from %s: %s. The job features writes them there."
                .formatted(from, e.getMessage()),
            e);
      }
    }
  }

  private static void shards(
      FileSystem files, org.apache.hadoop.fs.Path from, Path to, Progress progress)
      throws IOException {
    Files.createDirectories(to);
    List<String> missing = new ArrayList<>();
    for (FileStatus file : files.listStatus(from)) {
      ShardWriter.shard(file.getPath().getName())
          .filter(name -> !Files.exists(to.resolve(ShardWriter.index(name))))
          .ifPresent(missing::add);
    }
    for (int i = 0; i < missing.size(); i++) {
      // The index last: with it the shard counts.
      for (String name :
          List.of(ShardWriter.features(missing.get(i)), ShardWriter.index(missing.get(i)))) {
        copy(files, new org.apache.hadoop.fs.Path(from, name), to.resolve(name));
      }
      progress.update("copying features", i + 1, missing.size(), missing.get(i));
    }
  }

  private static Path folder() throws IOException {
    // On a cluster it is the application's own and goes with it; else it may be all users' /tmp.
    String spark = Utils.getConfiguredLocalDirs(SparkEnv.get().conf())[0];
    return Files.createDirectories(
        Path.of(spark, "caption4j-features-" + System.getProperty("user.name")));
  }

  /** Copies a file, which appears whole or not at all. */
  private static void copy(FileSystem files, org.apache.hadoop.fs.Path from, Path to)
      throws IOException {
    Path part = Files.createTempFile(to.getParent(), to.getFileName().toString(), ".part");
    try (var in = files.open(from)) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
