package io.caption4j.data;

/** The version of caption4j that runs. */
public final class BuildVersion {
  private BuildVersion() {}

  /** The version in the jar's manifest; {@code development} when run from class files. */
  public static String current() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
