package io.caption4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionTokenizer;
import io.caption4j.data.CaptionedImage;
import io.caption4j.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores of text with emoji, currencies, fractions and the like, against pycocoevalcap 1.2's. */
class UglyTextScoresTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-6);

  private final CaptionTokenizer tokenizer = new CaptionTokenizer();

  @ParameterizedTest
  @CsvSource({
    "score-clitic-at-end, .864558296, .855441433, .841632557, .816317550, .774438952, 4.064370943",
    "score-emoji-currency, .772184790, .724011626, .686700615, .635688511, .761740540, 3.331689804",
    "score-rouge-fraction, .937500000, .890656629, .821938928, .698450232, .693584755, 2.763081015",
  })
  void ofAFile(
      String folder,
      double bleu1,
      double bleu2,
      double bleu3,
      double bleu4,
      double rouge,
      double cider)
      throws URISyntaxException {
    Path files = Path.of(getClass().getResource(folder).toURI());
    CaptionDataset dataset = CaptionDatasets.open(files.resolve("dataset_refs.json"), null, 1);
    Scores scores =
        DatasetEvaluator.of(dataset, Split.TEST, tokenizer)
            .evaluate(CocoResults.read(files.resolve("candidates.json")));
    assertThat(scores.bleu1()).isCloseTo(bleu1, EXACT);
    assertThat(scores.bleu2()).isCloseTo(bleu2, EXACT);
    assertThat(scores.bleu3()).isCloseTo(bleu3, EXACT);
    assertThat(scores.bleu4()).isCloseTo(bleu4, EXACT);
    assertThat(scores.rougeL()).isCloseTo(rouge, EXACT);
    assertThat(scores.ciderD()).isCloseTo(cider, EXACT);
  }

  @Test
  void of250Pictures() throws IOException {
    JsonNode file;
    try (InputStream in = getClass().getResourceAsStream("ugly-scores.json")) {
      file = new ObjectMapper().readTree(in);
    }
    List<CaptionedImage> images = new ArrayList<>();
    for (JsonNode image : file.get("references").get("images")) {
      List<String> captions = new ArrayList<>();
      image.get("sentences").forEach(sentence -> captions.add(sentence.get("raw").textValue()));
      String name = image.get("filename").textValue();
      images.add(new CaptionedImage(name, name, Path.of(name), Split.TEST, captions));
    }
    List<String> candidates = new ArrayList<>();
    file.get("candidates").forEach(node -> candidates.add(node.get("caption").textValue()));
    CaptionDataset dataset = new CaptionDataset("karpathy", Path.of("x.json"), images, List.of());
    Scores scores = DatasetEvaluator.of(dataset, Split.TEST, tokenizer).evaluate(candidates);
    JsonNode expected = file.get("scores");
    assertThat(scores.images()).isEqualTo(250);
    scores
        .toMap()
        .forEach(
            (name, value) -> {
              if (expected.has(name)) {
                assertThat((double) value).as(name).isCloseTo(expected.get(name).asDouble(), EXACT);
              }
            });
    assertThat(scores.toMap().keySet()).containsAll(List.of("BLEU-4", "ROUGE-L", "CIDEr-D"));
  }
}
