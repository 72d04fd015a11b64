package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageFiles;
import io.caption4j.data.ImageLimits;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Files of any file system that Hadoop reads: hdfs:, s3a:, gs:, file:. */
final class HadoopFiles {
  private HadoopFiles() {}

  /**
   * A picture's file.
   *
   * @param uri where
   * @param bytes how long, as its change shows that the picture has changed
   */
  record Picture(String uri, long bytes) implements Serializable {}

  /** Hadoop's settings on this machine, with those of spark.hadoop.*. */
  static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }

  /**
   * The pictures in a folder and the folders in it, by their names, sorted.
   *
   * @throws Caption4jException if there is no such folder, or no picture in it
   */
  static List<Picture> pictures(String folder) {
    List<Picture> found = new ArrayList<>();
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(configuration());
      RemoteIterator<LocatedFileStatus> all = files.listFiles(path, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        if (ImageFiles.isPicture(file.getPath().getName())) {
          found.add(new Picture(file.getPath().toString(), file.getLen()));
        }
      }
    } catch (FileNotFoundException e) {
      throw new Caption4jException("There is no folder " + folder + ".", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Caption4jException("Cannot list " + folder + ": " + FileErrors.reason(e) + ".", e);
    }
    if (found.isEmpty()) {
      throw new Caption4jException(folder + " has no pictures; " + ImageFiles.EXPECTED + ".");
    }
    found.sort(Comparator.comparing(Picture::uri));
    return found;
  }

  /**
   * A picture's bytes.
   *
   * @throws ImageException if it is missing, too long or cannot be read, or there is no such path
   */
  static byte[] read(String uri, Configuration configuration) {
    try {
      Path path = new Path(uri);
      FileSystem files = path.getFileSystem(configuration);
      long length = files.getFileStatus(path).getLen();
      if (length > ImageLimits.DEFAULT.maxBytes()) {
        throw new ImageException(
            ImageException.Reason.TOO_LARGE,
            "%s has %d bytes; the limit is %d."
                .formatted(uri, length, ImageLimits.DEFAULT.maxBytes()));
      }
      try (FSDataInputStream in = files.open(path)) {
        return in.readAllBytes();
      }
    } catch (IOException | IllegalArgumentException e) { // the latter of what is no path
      throw new ImageException(
          ImageException.Reason.MISSING,
          "Cannot read " + uri + ": " + FileErrors.reason(e) + ".",
          e);
    }
  }

  /** A file of this machine as Hadoop names it: a space is a space and not %20. */
  static String uri(java.nio.file.Path file) {
    return new Path(file.toAbsolutePath().toUri()).toString();
  }

  /** Whether a URI is one of this machine's own files. */
  static boolean isLocal(String uri) {
    String scheme = new Path(uri).toUri().getScheme();
    return "file".equals(scheme)
        || (scheme == null && isLocal(FileSystem.getDefaultUri(configuration()).toString()));
  }

  /** Whether there is a file. */
  static boolean exists(String uri, Configuration configuration) throws IOException {
    Path path = new Path(uri);
    return path.getFileSystem(configuration).exists(path);
  }

  /** Puts a file of this machine in its place, where it appears whole or not at all. */
  static void put(java.nio.file.Path file, String uri, Configuration configuration)
      throws IOException {
    Path path = new Path(uri);
    FileSystem files = path.getFileSystem(configuration);
    files.setWriteChecksum(false); // of a file: system, whose .crc files only get in the way
    // Another attempt at the same task may be writing too.
    Path part =
        new Path(path.getParent(), "." + path.getName() + "." + java.util.UUID.randomUUID());
    files.copyFromLocalFile(false, true, new Path(file.toUri()), part);
    files.delete(path, false);
    if (!files.rename(part, path)) {
      throw new IOException("Cannot rename " + part + " to " + path + ".");
    }
  }
}
