package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.caption4j.data.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The numbers are pycocoevalcap 1.2's. The jar is not ours to bring: {@code
 * -Dcaption4j.meteor=FOLDER/meteor-1.5.jar} names it, else what needs it is left out.
 */
class MeteorTest {
  private static final String JAR = System.getProperty("caption4j.meteor");
  private static final Offset<Double> EXACT = within(1e-6);

  private static final List<List<List<String>>> REFERENCES =
      List.of(
          List.of(
              tokens("a brown dog runs across the lawn"),
              tokens("the dog is running through green grass")),
          List.of(tokens("two kids are playing in a pool"), tokens("children splash in the water")),
          List.of(tokens("a man stands")),
          List.of(
              tokens("a man rides his bicycle down a road"),
              tokens("the cyclist is on a bike"),
              tokens("a person riding a bike")),
          List.of(tokens("the owner of the café is sitting outside")),
          List.of(tokens("a black dog")));

  private static final List<List<String>> CANDIDATES =
      List.of(
          tokens("a dog is running on the grass"),
          tokens("two children play in the water"),
          List.of(),
          tokens("a man ||| riding a bike"),
          tokens("the café 's owner sits outside"),
          tokens("a black dog"));

  private static List<String> tokens(String caption) {
    return Arrays.asList(caption.split(" "));
  }

  private static Meteor meteor() {
    assumeTrue(JAR != null, "-Dcaption4j.meteor does not name METEOR's jar");
    return Meteor.of(Path.of(JAR));
  }

  @Test
  void givesPycocoevalcapsNumbers() {
    CorpusScore score = meteor().score(REFERENCES, CANDIDATES);

    assertThat(score.corpus()).isCloseTo(0.3658944366321391, EXACT);
    double[] expected = {
      0.30737737929554476, 0.34272262745996446, 0, 0.890909090909091, 0.3638973070039977, 1
    };
    assertThat(score.images()).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(score.images().get(i)).as("image %d", i).isCloseTo(expected[i], EXACT);
    }
  }

  @Test
  void leavesNoProcessBehind() {
    Meteor meteor = meteor();
    meteor.score(REFERENCES, CANDIDATES);
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aJarThatIsMissingOrAnothersIsNamed(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("meteor-1.5.jar");
    assertRefused(jar, "There is no METEOR jar " + jar);
    Files.writeString(jar, "no jar");
    assertRefused(jar, "Cannot read " + jar);
    jar(jar, "Other.class", new byte[0]);
    assertRefused(jar, jar + " is not METEOR's jar");
    jar(jar, "edu/cmu/meteor/scorer/MeteorScorer.class", new byte[0]);
    assertRefused(jar, "METEOR's data is not at " + folder.resolve("data/paraphrase-en.gz"));
  }

  @Test
  void aProgramThatEndsIsAnErrorWithWhatItSaid(@TempDir Path folder) throws IOException {
    // Looks like METEOR, and has nothing to run.
    Path jar = folder.resolve("meteor-1.5.jar");
    jar(jar, "edu/cmu/meteor/scorer/MeteorScorer.class", new byte[0]);
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/paraphrase-en.gz"), "nothing");

    Meteor meteor = Meteor.of(jar);

    assertThatThrownBy(() -> meteor.score(REFERENCES, CANDIDATES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("METEOR failed (" + jar)
        .hasMessageContaining("it said: ");
  }

  private static void assertRefused(Path jar, String message) {
    assertThatThrownBy(() -> Meteor.of(jar))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("pycocoevalcap");
  }

  private static void jar(Path file, String entry, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(entry));
      jar.write(content);
      jar.closeEntry();
    }
  }
}
