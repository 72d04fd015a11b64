package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Progress;
import io.caption4j.encoder.EncoderException;
import io.caption4j.encoder.FeatureCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageIndexTest {
  private static final int REGIONS = 3;
  private static final int SIZE = 5;
  private static final int WHITE = 0xffffff;

  @TempDir Path folder;
  private final ColourRows rows = new ColourRows(REGIONS, SIZE);
  private final List<Path> pictures = new ArrayList<>();

  @BeforeEach
  void pictures() throws IOException {
    for (int i = 0; i < 11; i++) {
      pictures.add(old(ColourRows.picture(folder.resolve("p%02d.bmp".formatted(i)), 9, 7, i)));
    }
  }

  /** Makes a file look like one that was not written just now. */
  private static Path old(Path file) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
  }

  private ImageIndex open() {
    return open(Progress.NONE);
  }

  private ImageIndex open(Progress progress) {
    return ImageIndex.open(folder.resolve("index"), rows, pictures, new ImageLoader(), progress);
  }

  /** Each picture must be found by its own vectors. */
  private void assertHolds(ImageIndex index, Path picture, int colour) {
    int place = 0;
    while (!index.picture(place).equals(picture)) {
      place++;
    }
    float[] identity = new float[SIZE * SIZE];
    for (int i = 0; i < SIZE; i++) {
      identity[i * SIZE + i] = 1;
    }
    float[] products = new float[REGIONS * SIZE];
    try (RegionProducts source = new RegionProducts(index, identity)) {
      source.of(place, 1, products);
    }
    assertThat(products).isEqualTo(rows.vectors(colour));
  }

  @Test
  void eachPictureIsEncodedOnce() {
    ImageIndex first = open();
    assertThat(first.encoded()).isEqualTo(11);
    assertThat(first.size()).isEqualTo(11);
    assertThat(first.regions()).isEqualTo(REGIONS);
    assertThat(first.vectorSize()).isEqualTo(SIZE);
    assertThat(first.skipped()).isEmpty();
    ImageIndex second = open();
    assertThat(second.encoded()).isZero();
    assertThat(rows.encoded).isEqualTo(11);
    for (int i = 0; i < 11; i++) {
      assertHolds(first, pictures.get(i), i);
      assertHolds(second, pictures.get(i), i);
    }
  }

  @Test
  void onlyNewAndChangedPicturesAreEncodedAndThoseThatAreGoneDropOut() throws IOException {
    ImageIndex before = open();
    Path gone = pictures.remove(4);
    Files.delete(gone);
    Path changed = ColourRows.picture(pictures.get(0), 9, 7, WHITE);
    Path added = ColourRows.picture(folder.resolve("new.bmp"), 30, 20, 99);
    Path moved = Files.move(pictures.remove(5), folder.resolve("moved.bmp"));
    pictures.addAll(List.of(added, moved));

    ImageIndex after = open();

    assertThat(after.encoded()).isEqualTo(2);
    assertThat(after.size()).isEqualTo(11);
    assertHolds(after, changed, WHITE);
    assertHolds(after, added, 99);
    assertHolds(after, moved, 6);
    assertHolds(after, pictures.get(3), 3);
    assertHolds(before, gone, 4); // an index that is open stays as it was
    assertThat(Files.readString(folder.resolve("index/pictures.txt")))
        .contains("moved.bmp")
        .doesNotContain("p04.bmp");
  }

  /** A bitmap of another colour is as long, and both may be written within a tick of the clock. */
  @Test
  void aChangeRightAfterwardsIsNoticed() {
    Path picture = ColourRows.picture(pictures.get(2), 9, 7, 50);
    assertHolds(open(), picture, 50);
    for (int colour = 51; colour < 60; colour++) {
      ColourRows.picture(picture, 9, 7, colour);
      assertHolds(open(), picture, colour);
    }
  }

  @Test
  void filesThatDidNotChangeAreNotReadAgain() throws IOException {
    open();
    // Of the same length and time: who reads it would see that it is no picture.
    Path picture = pictures.get(3);
    old(Files.write(picture, new byte[(int) Files.size(picture)]));
    assertHolds(open(), picture, 3);
    Files.setLastModifiedTime(picture, FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
    assertThat(open().skipped()).containsOnlyKeys(picture);
  }

  @Test
  void aTouchedFileIsReadButNotEncoded() throws IOException {
    open();
    Files.setLastModifiedTime(pictures.get(1), FileTime.from(Instant.now()));
    assertThat(open().encoded()).isZero();
    assertHolds(open(), pictures.get(1), 1);
  }

  @Test
  void whatIsRememberedMayBeLostOrDamaged() throws IOException {
    open();
    Path memory = folder.resolve("index/pictures.txt");
    List<String> lines = Files.readAllLines(memory);
    assertThat(lines).hasSize(11);
    lines.set(1, "no line of this file");
    lines.set(2, lines.get(2).substring(0, 70));
    Files.write(memory, lines);
    assertThat(open().size()).isEqualTo(11);
    Files.write(memory, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThat(open().size()).isEqualTo(11);
    Files.delete(memory);
    assertThat(open().size()).isEqualTo(11);
    assertThat(rows.encoded).isEqualTo(11);
  }

  @Test
  void rowsThatAreLostAreMadeAgain() throws IOException {
    open();
    Path index = folder.resolve("index/colours-c0c0c0c0c0c0-regions/index.txt");
    Files.write(index, Files.readAllLines(index).subList(0, 7));
    ImageIndex again = open();
    assertThat(again.encoded()).isEqualTo(4);
    assertHolds(again, pictures.get(10), 10);
  }

  @Test
  void brokenAndMissingPicturesAreSkippedWithTheReason() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    Path missing = folder.resolve("missing.jpg");
    pictures.addAll(0, List.of(broken, missing));
    for (int time = 0; time < 2; time++) {
      ImageIndex index = open();
      assertThat(index.size()).isEqualTo(11);
      assertThat(index.skipped()).containsOnlyKeys(broken, missing);
      assertThat(index.skipped().get(broken)).contains("broken.jpg");
      assertThat(index.skipped().get(missing)).contains("There is no picture");
    }
  }

  @Test
  void anotherModelHasAnIndexOfItsOwn() {
    open();
    rows.hash = "d1".repeat(32);
    assertThat(open().encoded()).isEqualTo(11);
    assertThat(open().encoded()).isZero();
  }

  @Test
  void isReadWhileAnotherFillsIt() {
    open();
    try (FeatureCache other = FeatureCache.open(folder.resolve("index"), new IndexRows(rows))) {
      assertThat(open().size()).isEqualTo(11);
      pictures.add(ColourRows.picture(folder.resolve("new.bmp"), 3, 3, 99));
      assertThatThrownBy(this::open)
          .isInstanceOf(EncoderException.class)
          .hasMessageContaining("in use by another run");
      assertThat(other.rows()).isEqualTo(11);
    }
  }

  @Test
  void reportsItsProgress() {
    List<String> heard = new ArrayList<>();
    open((task, done, total, detail) -> heard.add(task + " " + done + "/" + total));
    assertThat(heard).containsExactly("indexing 7/11", "indexing 10/11", "indexing 11/11");
    heard.clear();
    open((task, done, total, detail) -> heard.add(task));
    assertThat(heard).isEmpty();
  }

  /** A process of its own, killed with kill -9 in the middle. */
  @Test
  void aKilledFillingGoesOn() throws IOException, InterruptedException {
    String path = System.getProperty("surefire.test.class.path");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(java.toString(), Slow.class.getName(), folder.toString());
    builder
        .environment()
        .put("CLASSPATH", path == null ? System.getProperty("java.class.path") : path);
    Process process = builder.inheritIO().start();
    Path index = folder.resolve("index/colours-c0c0c0c0c0c0-regions/index.txt");
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (!Files.exists(index) || Files.size(index) == 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor();

    ImageIndex after = open();

    assertThat(after.encoded()).isEqualTo(3);
    assertThat(after.size()).isEqualTo(11);
    for (int i = 0; i < 11; i++) {
      assertHolds(after, pictures.get(i), i);
    }
  }

  /** Indexes a folder's pictures and never comes to the end of the second batch. */
  static final class Slow extends ColourRows {
    private Slow() {
      super(REGIONS, SIZE);
    }

    @Override
    public float[] encode(List<Pixels> pictures) {
      if (encoded > 0) {
        sleep();
      }
      return super.encode(pictures);
    }

    private static void sleep() {
      try {
        Thread.sleep(TimeUnit.HOURS.toMillis(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      List<Path> pictures = new ArrayList<>();
      for (int i = 0; i < 11; i++) {
        pictures.add(folder.resolve("p%02d.bmp".formatted(i)));
      }
      ImageIndex.open(
          folder.resolve("index"), new Slow(), pictures, new ImageLoader(), Progress.NONE);
    }
  }
}
