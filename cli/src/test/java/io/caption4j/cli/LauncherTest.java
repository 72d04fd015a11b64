package io.caption4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a small copy of the project, with a java and a mvn that only tell their call. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "caption4j");

  @TempDir Path folder;
  private Path root;
  private Path jar;
  private Path source;

  @BeforeEach
  void project() throws IOException {
    root = Files.createDirectories(folder.toRealPath().resolve("a project"));
    Files.copy(LAUNCHER, root.resolve("caption4j"));
    Files.createDirectory(root.resolve("cli"));
    for (String part : List.of("cli/build.sh", "cli/locale.sh")) {
      Files.copy(LAUNCHER.resolveSibling(part), root.resolve(part));
    }
    assertThat(root.resolve("caption4j").toFile().setExecutable(true)).isTrue();
    jar = root.resolve("cli/target/caption4j.jar");
    source = root.resolve("cli/src/main/java/Main.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, "class Main {}\n");
    Files.writeString(root.resolve("pom.xml"), "<project/>\n");
    script("jdk/bin/java", "echo \"omp=$OMP_WAIT_POLICY\"; for a; do echo \"$a\"; done");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.9\"\n");
    script("bin/mvn", "mkdir -p cli/target && echo noise && touch cli/target/caption4j.jar");
  }

  private void script(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void built(Instant when) throws IOException {
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "");
    Files.setLastModifiedTime(jar, FileTime.from(when));
  }

  private Run launch(Path launcher, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out)
            .redirectError(err);
    builder
        .environment()
        .keySet()
        .removeAll(List.of("JAVA_OPTS", "CAPTION4J_OPTS", "CAPTION4J_CUDA", "OMP_WAIT_POLICY"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().merge("PATH", "", (old, x) -> folder.resolve("bin") + ":" + old);
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return new Run(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private Run launch(String... args) throws IOException, InterruptedException {
    return launch(root.resolve("caption4j"), Map.of(), args);
  }

  @Test
  void buildsWhatIsMissingAndSaysSoOnStderrAlone() throws Exception {
    Run run = launch("caption", "a b.jpg");

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "caption4j: building (first time, a few minutes: Maven fetches the libraries) ...\n");
    assertThat(run.outLines()).startsWith("omp=passive").endsWith("caption", "a b.jpg");
    assertThat(run.outLines()).containsSequence("-jar", jar.toString());
    assertThat(root.resolve("target/build.lock")).doesNotExist();
  }

  /** Java would read the first file that it opens. */
  @Test
  void aClosedStandardInputIsAnEmptyOne() throws Exception {
    built(Instant.now().plusSeconds(60));
    script("jdk/bin/java", "wc -c");
    script("closed", "exec '" + root.resolve("caption4j") + "' caption - <&-");

    Run run = launch(folder.resolve("closed"), Map.of());

    assertThat(run.out().strip()).isEqualTo("0");
  }

  @Test
  void runsAtOnceWhatIsUpToDateAlsoThroughALink() throws Exception {
    built(Instant.now().plusSeconds(60));
    Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("caption4j"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("link"));

    for (Path launcher : List.of(link, second)) {
      Run run = launch(launcher, Map.of(), "--version");
      assertThat(run.err()).isEmpty();
      assertThat(run.outLines()).endsWith(jar.toString(), "--version");
    }
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    built(Instant.now().minusSeconds(3600));

    assertThat(launch("x").err()).isEqualTo("caption4j: building, the sources have changed ...\n");
    assertThat(launch("x").err()).isEmpty();
  }

  @Test
  void aFailedBuildIsShownAndNothingRuns() throws Exception {
    script("bin/mvn", "echo 'COMPILATION ERROR'; exit 1");

    Run run = launch("x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("COMPILATION ERROR").contains("the build failed");
    assertThat(root.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void aLockWhoseOwnerWasKilledIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(root.resolve("target/build.lock"));
    Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

    assertThat(launch("x").code()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void whatWasBuiltRunsWhereNothingCanBeBuilt() throws Exception {
    built(Instant.now().minusSeconds(3600));
    // Not even root can write into a file that stands in the folder's place.
    Path target = Files.writeString(root.resolve("target"), "");
    Run run = launch("x");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("what was built before runs");

    Files.delete(jar);
    assertThat(launch("x").err()).contains("cannot write to " + target);
  }

  @Test
  void optionsOfTheEnvironmentComeAfterOurs() throws Exception {
    built(Instant.now().plusSeconds(60));

    Run run =
        launch(
            root.resolve("caption4j"),
            Map.of("CAPTION4J_OPTS", "-Xmx4g -Da=b", "OMP_WAIT_POLICY", "active"),
            "x");

    assertThat(run.outLines()).startsWith("omp=active").containsSequence("-Xmx4g", "-Da=b", "-jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_392"})
  void anOldJavaIsRefused(String version) throws Exception {
    built(Instant.now().plusSeconds(60));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");

    Run run = launch("x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Java 17 or later is needed");
  }

  @Test
  void aNewJavaIsAskedToKeepQuiet() throws Exception {
    built(Instant.now().plusSeconds(60));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");

    assertThat(launch("x").out()).contains("--enable-native-access=ALL-UNNAMED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "", "xx_YY.UTF-8", "C.UTF-8"})
  void javaReadsFileNamesAsUtf8InAnyLocale(String locale) throws Exception {
    built(Instant.now().plusSeconds(60));
    script("jdk/bin/java", "locale charmap");

    Run run = launch(root.resolve("caption4j"), Map.of("LC_ALL", locale), "x");

    assertThat(run.out()).isEqualTo("UTF-8\n");
  }

  @Test
  void aWrongJavaHomeIsSaidSo() throws Exception {
    Run run = launch(root.resolve("caption4j"), Map.of("JAVA_HOME", "/none"), "x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("JAVA_HOME is /none");
  }

  private void javaThatMakesArchives(String making) throws IOException {
    built(Instant.now().plusSeconds(2));
    Files.createDirectories(root.resolve("samples"));
    Files.writeString(root.resolve("samples/skier.jpg"), "");
    script(
        "jdk/bin/java",
        "for a; do case $a in -XX:ArchiveClassesAtExit=*) "
            + making
            + "; exit;; esac; done; for a; do echo \"$a\"; done");
  }

  @Test
  void makesAnArchiveOfClassesOnceForEachBuildAndUsesIt() throws Exception {
    javaThatMakesArchives("echo archive >\"${a#*=}\"");
    String made = "caption4j: made an archive of its classes, which lets it start faster.\n";
    String share = "-XX:SharedArchiveFile=" + root.resolve("cli/target/caption4j-17.jsa");

    Run first = launch("--help");
    assertThat(first.err()).isEqualTo(made);
    assertThat(first.outLines()).contains(share).endsWith("--help");
    Files.setLastModifiedTime(
        root.resolve("cli/target/caption4j-17.jsa"), FileTime.from(Instant.now().plusSeconds(4)));
    assertThat(launch("--help").err()).isEmpty();
    built(Instant.now().plusSeconds(5));
    assertThat(launch("--help").err()).isEqualTo(made);
  }

  @Test
  void anArchiveThatCannotBeMadeIsNoMatter() throws Exception {
    javaThatMakesArchives(
        "echo a warning; echo an error >&2; echo tried >>\"" + folder + "/tries\"");
    built(Instant.now().minusSeconds(5));
    setAllDates(root, Instant.now().minusSeconds(60));
    built(Instant.now().minusSeconds(5));

    for (int i = 0; i < 2; i++) {
      Run run = launch("--help");
      assertThat(run.code()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).doesNotContain("SharedArchiveFile").doesNotContain("warning");
    }
    assertThat(folder.resolve("tries")).hasContent("tried");
  }

  @ParameterizedTest
  @CsvSource({
    "caption one.jpg, true",
    "--help, true",
    "info model.c4j, true",
    "caption FOLDER, false",
    "train --data x, false",
    "serve, false"
  })
  void shortCommandsRunWithTheQuickCompilerAlone(String line, boolean quick) throws Exception {
    built(Instant.now().plusSeconds(60));
    String[] args =
        Stream.of(line.split(" "))
            .map(word -> word.replace("FOLDER", folder.toString()))
            .toArray(String[]::new);
    assertThat(launch(args).outLines().contains("-XX:TieredStopAtLevel=1")).isEqualTo(quick);
  }

  private static void setAllDates(Path top, Instant when) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : paths.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(when));
      }
    }
  }
}
