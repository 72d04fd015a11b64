package io.caption4j.cli;

import io.caption4j.data.FileNames;
import io.caption4j.decoder.Caption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A picture's captions as {@code caption --format json} prints them. */
final class CaptionJson {
  private CaptionJson() {}

  /**
   * One picture.
   *
   * @param explanation the file that shows where the model looked; null if there is none
   */
  static Map<String, Object> of(Path picture, List<Caption> captions, Path explanation) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("image", FileNames.of(picture));
    object.put("captions", captions.stream().map(CaptionJson::of).toList());
    if (explanation != null) {
      object.put("explanation", FileNames.of(explanation));
    }
    return object;
  }

  private static Map<String, Object> of(Caption caption) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", caption.text());
    object.put("logProbability", caption.logProbability());
    List<Map<String, Object>> words = new ArrayList<>();
    for (int i = 0; i < caption.words().size(); i++) {
      Map<String, Object> word = new LinkedHashMap<>();
      word.put("text", caption.words().get(i));
      word.put("probability", Math.exp(caption.wordLogProbabilities().get(i)));
      words.add(word);
    }
    object.put("words", words);
    return object;
  }
}
