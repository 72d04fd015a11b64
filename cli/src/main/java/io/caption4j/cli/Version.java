package io.caption4j.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  /** The version in the jar's manifest; {@code development} when run from class files. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "caption4j %s (Java %s)".formatted(number(), System.getProperty("java.version"))
    };
  }
}
