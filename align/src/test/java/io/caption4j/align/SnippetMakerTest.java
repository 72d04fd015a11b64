package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Split;
import io.caption4j.data.Vocabulary;
import io.caption4j.decoder.ModelCard;
import io.caption4j.decoder.Standardisation;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.schedule.FixedSchedule;

/** With an untrained model: its scores mean nothing, but all else must hold. */
class SnippetMakerTest {
  private static final Path UCM = Path.of("..", "samples", "ucm");
  private static final double BETA = 0.02;

  @TempDir Path folder;

  private static Aligner untrained(List<CaptionedImage> images) {
    CaptionTokenizer tokenizer = new CaptionTokenizer();
    Vocabulary vocabulary =
        Vocabulary.build(
            images.stream().flatMap(i -> i.captions().stream()).map(tokenizer::tokenize).toList(),
            1);
    float[] ones = new float[1280];
    Arrays.fill(ones, 1);
    AlignmentSettings settings =
        new AlignmentSettings("relu", 1280, vocabulary.size(), 8, 8, 12, true, 0);
    try (ImageEncoder encoder = Encoders.byName("efficientnet-lite0", EncoderEngine.AUTO)) {
      AlignmentCard card =
          new AlignmentCard(
              AlignmentCard.FORMAT_VERSION,
              "untrained",
              new ModelCard.Encoder(encoder.name(), encoder.hash(), encoder.preprocessing()),
              settings,
              CaptionTokenizer.NAME,
              new ModelCard.Training("test", 1, 1, 1, 1, 1, 1, Map.of(), "2026-11-25", "0"),
              "none");
      AlignmentGraph.Learning learning =
          new AlignmentGraph.Learning(
              new FixedSchedule(1e-3), 1e9, new MaxMarginRanking(1, false), 3);
      return Aligner.of(
          new AlignmentModel(
              card,
              vocabulary,
              new Standardisation(new float[1280], ones),
              AlignmentModel.weights(AlignmentGraph.build(settings, GridWindows.COUNT, learning)),
              PackedEncoder.bundled()),
          EncoderEngine.AUTO);
    }
  }

  @Test
  void keepsWhatIsSaidOfTheBoxesOfEachPicture() throws IOException {
    CaptionDataset dataset = CaptionDatasets.open(UCM, null, 1);
    // More than a batch, with one picture that is none and a caption of unknown words.
    List<CaptionedImage> images = new ArrayList<>(dataset.images(Split.TRAIN).subList(0, 9));
    Path broken = Files.writeString(folder.resolve("broken.jpg"), "no picture");
    images.add(
        3, new CaptionedImage("b", "broken.jpg", broken, Split.TRAIN, List.of("an airplane")));
    CaptionedImage first = images.get(0);
    List<String> captions = new ArrayList<>(first.captions());
    captions.add("qwx zyzz");
    images.set(
        0, new CaptionedImage(first.id(), first.fileName(), first.path(), Split.VAL, captions));

    SnippetDataset made = new SnippetDataset(folder.resolve("out"), false);
    SnippetChoice choice = new SnippetChoice(3, -100);
    List<String> progress = new ArrayList<>();
    List<List<BoxSnippets>> expected = new ArrayList<>();
    try (Aligner aligner = untrained(dataset.images())) {
      SnippetMaker.LeftOut leftOut =
          new SnippetMaker(aligner, BETA, choice, made)
              .add(images, (task, done, total, detail) -> progress.add(done + "/" + total));
      assertThat(leftOut.pictures()).containsOnlyKeys(broken);
      assertThat(leftOut.captions()).isOne();
      for (CaptionedImage image : images) {
        expected.add(image.path().equals(broken) ? List.of() : byHand(aligner, image, choice));
      }
    }
    made.write();

    assertThat(progress).containsExactly("0/10", "8/10", "10/10");
    List<CaptionedImage> read = CaptionDatasets.open(folder.resolve("out"), null, 1).images();
    assertThat(read.stream().map(CaptionedImage::captions))
        .containsExactlyElementsOf(
            expected.stream().flatMap(List::stream).map(BoxSnippets::texts).toList());
    assertThat(read).hasSizeGreaterThan(9);
    assertThat(read.stream().filter(i -> i.split() == Split.VAL)).hasSize(expected.get(0).size());
    Box box = expected.get(0).get(0).box();
    Pixels part = new ImageLoader().load(read.get(0).path());
    assertThat(part.width()).isEqualTo(box.width());
    assertThat(part.height()).isEqualTo(box.height());
  }

  private static List<BoxSnippets> byHand(
      Aligner aligner, CaptionedImage image, SnippetChoice choice) {
    RegionVectors regions = aligner.regions(new ImageLoader().load(image.path()));
    return choice.of(
        image.captions().stream()
            .filter(caption -> !caption.equals("qwx zyzz"))
            .map(aligner::tokenize)
            .map(tokens -> Alignment.of(regions, tokens, aligner.words(tokens), BETA))
            .collect(Collectors.toList()));
  }
}
