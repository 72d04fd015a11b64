package io.caption4j.data.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.data.Problem;
import io.caption4j.data.Problem.Kind;
import io.caption4j.data.Progress;
import io.caption4j.data.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of a data set of a few pictures, each with something to it. */
class DatasetReportTest {
  @TempDir Path folder;

  private CaptionedImage image(String name, Split split, String... captions) {
    return new CaptionedImage(name, name, folder.resolve(name), split, List.of(captions));
  }

  private void picture(String name, int grey) throws IOException {
    byte[] rgb = new byte[8 * 8 * 3];
    Arrays.fill(rgb, (byte) grey);
    ImageWriter.png(new Pixels(8, 8, rgb), folder.resolve(name));
  }

  private DatasetReport report(boolean decode, CaptionedImage... images) {
    CaptionDataset data =
        new CaptionDataset("karpathy", folder.resolve("dataset.json"), List.of(images), List.of());
    return DatasetReport.of(data, decode, Progress.NONE);
  }

  @Test
  void countsCaptionsWordsAndCoverage() throws IOException {
    picture("a.png", 1);
    picture("b.png", 2);
    DatasetReport report =
        report(
            false,
            image("a.png", Split.TRAIN, "A dog runs.", "A dog!"),
            image("b.png", Split.VAL, "a dog runs", "A cat", "Two cats sleep", "..."));
    CaptionStatistics captions = report.captions();
    assertThat(captions.fewest()).isEqualTo(2);
    assertThat(captions.mean()).isEqualTo(3);
    assertThat(captions.most()).isEqualTo(4);
    assertThat(captions.lengths()).containsExactly(1, 0, 2, 3);
    assertThat(captions.vocabulary())
        .extracting(CaptionStatistics.Coverage::minCount, CaptionStatistics.Coverage::words)
        .containsExactly(tuple(1, 3), tuple(2, 2), tuple(5, 0), tuple(10, 0));
    assertThat(captions.vocabulary().get(1).training()).isCloseTo(4 / 5.0, within(1e-12));
    assertThat(captions.vocabulary().get(1).validation()).isCloseTo(3 / 8.0, within(1e-12));
    assertThat(captions.validation()).isEqualTo(4);
    assertThat(captions.alsoInTraining()).isEqualTo(1);
    assertThat(report.splits())
        .containsExactly(
            new DatasetReport.SplitCount(Split.TRAIN, 1, 1, 2),
            new DatasetReport.SplitCount(Split.VAL, 1, 1, 4),
            new DatasetReport.SplitCount(Split.TEST, 0, 0, 0));
    assertThat(report.folders()).containsExactly(folder);
    assertThat(report.problems()).isEmpty();
    assertThat(report.trainable()).isTrue();
  }

  @Test
  void picturesThatAreMissingBrokenOrUnnamedAreListed() throws IOException {
    picture("a.png", 1);
    picture("b.png", 2);
    picture("c.png", 3);
    picture("unnamed.png", 4);
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    byte[] whole = Files.readAllBytes(folder.resolve("b.png"));
    Files.write(folder.resolve("b.png"), Arrays.copyOf(whole, whole.length - 5));
    DatasetReport report =
        report(
            false,
            image("a.png", Split.TRAIN, "A dog"),
            image("b.png", Split.TRAIN, "A dog"),
            image("c.png", Split.VAL, "A dog"),
            image("none.png", Split.VAL, "A dog"));
    assertThat(report.problems())
        .containsExactly(
            new Problem(
                Kind.PICTURE_BROKEN,
                folder.resolve("b.png"),
                "",
                "the file is a PNG that is cut short or damaged."),
            new Problem(
                Kind.PICTURE_MISSING, folder.resolve("none.png"), "", "there is no such file."),
            new Problem(
                Kind.FILE_WITHOUT_CAPTION,
                folder.resolve("unnamed.png"),
                "",
                "no picture of the data set."));
    assertThat(report.splits().get(0).readable()).isEqualTo(1);
    assertThat(report.trainable()).isTrue();
  }

  @Test
  void damageInsideAPictureIsFoundByDecoding() throws IOException {
    picture("a.png", 1);
    picture("b.png", 2);
    byte[] start = {'G', 'I', 'F', '8', '9', 'a', 8, 0, 8, 0, 0, 0, 0};
    byte[] frame = {0x2C, 0, 0, 0, 0, 8, 0, 8, 0, 0, 2, 1, 0, 0, 0x3B}; // a byte for 64 pixels
    Files.write(
        folder.resolve("c.gif"),
        ByteBuffer.allocate(start.length + frame.length).put(start).put(frame).array());
    CaptionedImage[] images = {
      image("a.png", Split.TRAIN, "A dog"),
      image("b.png", Split.VAL, "A dog"),
      image("c.gif", Split.VAL, "A dog")
    };
    assertThat(report(false, images).problems()).isEmpty();
    assertThat(report(true, images).problems())
        .extracting(Problem::kind, Problem::file)
        .containsExactly(tuple(Kind.PICTURE_BROKEN, folder.resolve("c.gif")));
  }

  @Test
  void picturesInTwoSplitsAreFoundByNameAndByContent() throws IOException {
    picture("a.png", 1);
    picture("copy.png", 1);
    picture("twin.png", 1);
    picture("b.png", 2);
    Files.createDirectory(folder.resolve("val"));
    picture("val/b.png", 3);
    CaptionedImage other =
        new CaptionedImage("5", "b.png", folder.resolve("val/b.png"), Split.VAL, List.of("A cat"));
    DatasetReport report =
        report(
            false,
            image("a.png", Split.TRAIN, "A dog"),
            image("twin.png", Split.TRAIN, "A dog"),
            image("copy.png", Split.VAL, "A dog"),
            image("b.png", Split.TRAIN, "A cat"),
            other);
    assertThat(report.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "%s: in 'train', has the name of %s in 'val'."
                .formatted(folder.resolve("b.png"), other.path()),
            "%s: in 'train', has the same content as %s in 'train', %s in 'val'."
                .formatted(
                    folder.resolve("a.png"),
                    folder.resolve("twin.png"),
                    folder.resolve("copy.png")));
    assertThat(report.trainable()).isTrue();
  }

  @Test
  void whatKeepsFromTrainingIsSaid() throws IOException {
    picture("a.png", 1);
    DatasetReport report =
        report(false, image("a.png", Split.TRAIN, "..."), image("none.png", Split.VAL, "A dog"));
    assertThat(report.obstacles())
        .containsExactly(
            "None of the 1 pictures of split 'val' can be read; --images DIR names their folder.",
            "No training caption has a word.");
    assertThat(report(false, image("a.png", Split.TRAIN, "A dog")).obstacles())
        .containsExactly("It has no pictures in split 'val'.");
    Files.writeString(
        folder.resolve("dataset_x.json"),
        "{\"images\": [{\"filename\": \"a.png\", \"split\": \"train\", \"sentences\": [{\"raw\": \"A dog\"}]}, {\"filename\": \"a.png\", \"split\": \"val\", \"sentences\": [{\"raw\": \"A dog\"}]}]}");
    CaptionDataset twice = CaptionDatasets.inspect(folder, null, 1);
    assertThat(DatasetReport.of(twice, false, Progress.NONE).obstacles())
        .contains("pictures in two splits: 1.");
  }
}
