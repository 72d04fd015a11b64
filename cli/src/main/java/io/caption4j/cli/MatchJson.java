package io.caption4j.cli;

import io.caption4j.align.ImageSearch;
import io.caption4j.data.FileNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A picture that was found as {@code search --format json} prints it. */
final class MatchJson {
  private MatchJson() {}

  /**
   * One picture.
   *
   * @param words those that were searched for, as many as the match has boxes
   */
  static Map<String, Object> of(ImageSearch.Match match, List<String> words) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("image", FileNames.of(match.picture()));
    object.put("score", match.score());
    List<Map<String, Object>> places = new ArrayList<>();
    for (int t = 0; t < words.size(); t++) {
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("text", words.get(t));
      place.put("box", match.boxes().get(t));
      places.add(place);
    }
    object.put("words", places);
    return object;
  }
}
