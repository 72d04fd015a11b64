package io.caption4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts on the real data sets, where a developer has them beside the project. */
class SharedDataTest {
  private static Path shared(String name) {
    Path path = Path.of("..", "..", "shared", "data", name);
    assumeTrue(Files.exists(path), "needs " + path);
    return path;
  }

  @Test
  void flickr8kHasItsSplitsAndItsVocabulary() {
    CaptionDataset karpathy = CaptionDatasets.open(shared("flickr8k"), null, 1);
    CaptionDataset flickr =
        CaptionDatasets.open(shared("flickr8k/text/Flickr8k.token.txt"), null, 1);
    assertThat(karpathy.layout()).isEqualTo("karpathy");
    for (CaptionDataset data : List.of(karpathy, flickr)) {
      assertThat(data.images(Split.TRAIN)).hasSize(6_000);
      assertThat(data.images(Split.VAL)).hasSize(1_000);
      assertThat(data.images(Split.TEST)).hasSize(1_000);
      assertThat(data.images(Split.TRAIN)).allMatch(image -> Files.exists(image.path()));
    }
    CaptionTokenizer tokenizer = new CaptionTokenizer();
    Vocabulary vocabulary =
        Vocabulary.build(
            flickr.images(Split.TRAIN).stream()
                .flatMap(image -> image.captions().stream())
                .map(tokenizer::tokenize)
                .toList(),
            5);
    // CoreNLP 3.4.1, which coco-caption uses, gives 2,539 words too.
    assertThat(vocabulary.size()).isEqualTo(2_539 + 4);
    assertThat(vocabulary.count(Vocabulary.END)).isEqualTo(30_000);
  }

  @Test
  void cocoAndUcmAreRead() {
    assertThat(CaptionDatasets.open(shared("coco-sample"), null, 1).images(Split.VAL)).hasSize(100);
    CaptionDataset ucm = CaptionDatasets.open(shared("ucm-captions"), null, 1);
    assertThat(ucm.images(Split.TRAIN)).hasSize(1_470);
    assertThat(ucm.images(Split.VAL)).hasSize(210);
  }

  @Test
  void realPicturesAreRead() {
    ImageLoader loader = new ImageLoader();
    for (Path picture : ImageFiles.find(List.of(shared("coco-sample/images")), true).pictures()) {
      assertThat(loader.load(picture).width()).as(picture.toString()).isGreaterThan(100);
    }
  }
}
