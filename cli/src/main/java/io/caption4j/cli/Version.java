package io.caption4j.cli;

import io.caption4j.data.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "caption4j %s (Java %s)".formatted(BuildVersion.current(), System.getProperty("java.version"))
    };
  }
}
