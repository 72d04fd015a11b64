package io.caption4j.cli;

import io.caption4j.align.Alignment;
import io.caption4j.align.Snippet;
import io.caption4j.data.FileNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An alignment as {@code align show} prints it. */
final class AlignmentJson {
  private AlignmentJson() {}

  /**
   * One picture and its caption.
   *
   * @param drawn the file that shows it; null if there is none
   */
  static Map<String, Object> of(Path picture, String caption, Alignment alignment, Path drawn) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("image", FileNames.of(picture));
    object.put("caption", caption);
    object.put("score", alignment.total());
    List<Map<String, Object>> words = new ArrayList<>();
    for (Alignment.Word word : alignment.words()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("text", word.text());
      one.put("score", word.score());
      one.put("box", alignment.box(word));
      words.add(one);
    }
    object.put("words", words);
    List<Map<String, Object>> snippets = new ArrayList<>();
    for (Snippet snippet : alignment.snippets()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("text", alignment.text(snippet));
      one.put("from", snippet.from());
      one.put("to", snippet.to());
      one.put("score", snippet.score());
      one.put("box", snippet.box());
      snippets.add(one);
    }
    object.put("snippets", snippets);
    if (drawn != null) {
      object.put("picture", FileNames.of(drawn));
    }
    return object;
  }
}
