package io.caption4j.cluster;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** This machine's files under another scheme, as if they lay elsewhere. */
public final class OtherFileSystem extends RawLocalFileSystem {
  /** For example other:/tmp/x. */
  static final String SCHEME = "other";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }
}
