package io.caption4j.train;

/** The version of caption4j that trains, for model cards. */
public final class BuildVersion {
  private BuildVersion() {}

  /** The version in the jar's manifest; {@code development} where there is no jar. */
  public static String current() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
