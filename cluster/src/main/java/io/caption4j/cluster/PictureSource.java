package io.caption4j.cluster;

import io.caption4j.data.ImageException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * A picture to work on.
 *
 * @param path where it lies, or what it is called
 * @param content its bytes; null to read them from the path
 */
record PictureSource(String path, byte[] content) implements Serializable {
  /**
   * Its bytes.
   *
   * @throws ImageException if they cannot be read
   */
  byte[] bytes(Configuration configuration) {
    return content == null ? HadoopFiles.read(path, configuration) : content;
  }
}
