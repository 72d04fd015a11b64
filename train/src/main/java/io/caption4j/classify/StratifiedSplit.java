package io.caption4j.classify;

import io.caption4j.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Draws a split class by class, so that each has its share of every class. It depends on the
 * pictures' names, classes and the seed alone, not on their order.
 */
final class StratifiedSplit {
  /** One picture in ten for each held-out split. */
  private static final int TENTH = 10;

  private StratifiedSplit() {}

  /**
   * Divides pictures.
   *
   * @param images in any order; their splits are not looked at
   * @param heldOut the splits that get a tenth of each class, at least one picture where that
   *     leaves one for training
   * @return the same pictures in the same order
   */
  static List<LabelledImage> draw(List<LabelledImage> images, List<Split> heldOut, long seed) {
    Map<String, List<LabelledImage>> byClass = new TreeMap<>();
    images.forEach(i -> byClass.computeIfAbsent(i.label(), label -> new ArrayList<>()).add(i));
    Map<LabelledImage, Split> splits = new HashMap<>();
    int c = 0;
    for (List<LabelledImage> members : byClass.values()) {
      members.sort(Comparator.comparing(LabelledImage::name));
      Collections.shuffle(members, new Random(seed * 31 + c++));
      int share = Math.max(1, members.size() / TENTH);
      int next = 0;
      for (Split split : heldOut) {
        for (int i = 0; i < share && next < members.size() - 1; i++) {
          splits.put(members.get(next++), split);
        }
      }
    }
    return images.stream().map(i -> i.in(splits.getOrDefault(i, Split.TRAIN))).toList();
  }
}
