package io.caption4j.train;

import io.caption4j.encoder.FeatureCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Divides captions among workers, all of a picture to one. Pictures whose features share a file
 * stay together, so that a worker needs few files; where there are too few files to divide the work
 * evenly, pictures are dealt out one by one.
 */
final class Portions {
  /** Files a worker, from which on portions of whole files are even enough. */
  private static final int FILES_A_WORKER = 8;

  private final CaptionSet captions;
  private final List<String> folders;

  private Portions(CaptionSet captions, List<String> folders) {
    this.captions = captions;
    this.folders = folders;
  }

  /** A picture's key, where its variants lie, and its captions' numbers. */
  private record Picture(int key, List<FeatureCache.Place> places, List<Integer> captions) {}

  /** What a worker has been dealt. */
  private static final class Share {
    private final int number;
    private final List<Picture> pictures = new ArrayList<>();
    private int captions;

    Share(int number) {
      this.number = number;
    }

    void add(List<Picture> group) {
      pictures.addAll(group);
      captions += size(group);
    }
  }

  /**
   * Divides them.
   *
   * @param count of portions
   * @param seed of the order in which they are dealt out
   * @throws TrainException if there are fewer pictures than portions
   */
  static List<Portion> of(CaptionSet captions, AugmentedFeatures features, int count, long seed) {
    Map<Integer, Picture> pictures = new LinkedHashMap<>(); // by row
    for (int i = 0; i < captions.size(); i++) {
      pictures
          .computeIfAbsent(
              captions.rows()[i],
              row -> new Picture(features.key(row), features.places(row), new ArrayList<>()))
          .captions
          .add(i);
    }
    if (pictures.size() < count) {
      throw new TrainException(
          "%d workers cannot share %d training pictures; ask for fewer workers."
              .formatted(count, pictures.size()));
    }
    Map<String, List<Picture>> byFile = new LinkedHashMap<>();
    for (Picture picture : pictures.values()) {
      byFile.computeIfAbsent(picture.places.get(0).file(), f -> new ArrayList<>()).add(picture);
    }
    List<List<Picture>> groups = new ArrayList<>(byFile.values());
    if (groups.size() < FILES_A_WORKER * count) {
      groups = new ArrayList<>(pictures.values().stream().map(List::of).toList());
    }
    Collections.shuffle(groups, new Random(seed));
    groups.sort(Comparator.comparingInt(Portions::size).reversed());
    Portions portions = new Portions(captions, features.folders());
    List<Share> shares = deal(groups, count);
    // In the captions' order, so that a single worker does what this machine would do alone.
    shares.forEach(s -> s.pictures.sort(Comparator.comparing(p -> p.captions.get(0))));
    return shares.stream().map(portions::portion).toList();
  }

  private static int size(List<Picture> group) {
    return group.stream().mapToInt(picture -> picture.captions.size()).sum();
  }

  /** The largest group that is left to the worker that has least. */
  private static List<Share> deal(List<List<Picture>> groups, int count) {
    List<Share> shares = IntStream.range(0, count).mapToObj(Share::new).toList();
    PriorityQueue<Share> least =
        new PriorityQueue<>(
            Comparator.<Share>comparingInt(s -> s.captions).thenComparingInt(s -> s.number));
    least.addAll(shares);
    for (List<Picture> group : groups) {
      Share share = least.remove();
      share.add(group);
      least.add(share);
    }
    return shares;
  }

  private Portion portion(Share share) {
    Map<String, Integer> files = new LinkedHashMap<>();
    int pictures = share.pictures.size();
    int[] keys = new int[pictures];
    int[][] fileOf = new int[pictures][folders.size()];
    int[][] rowOf = new int[pictures][folders.size()];
    int[] pictureOf = new int[share.captions];
    int[][] words = new int[share.captions][];
    int caption = 0;
    for (int p = 0; p < pictures; p++) {
      Picture picture = share.pictures.get(p);
      keys[p] = picture.key;
      for (int v = 0; v < folders.size(); v++) {
        FeatureCache.Place place = picture.places.get(v);
        String file = folders.get(v) + "/" + place.file();
        files.putIfAbsent(file, files.size());
        fileOf[p][v] = files.get(file);
        rowOf[p][v] = place.row();
      }
      for (int number : picture.captions) {
        pictureOf[caption] = p;
        words[caption++] = captions.words()[number];
      }
    }
    return new Portion(
        share.number, files.keySet().toArray(String[]::new), keys, fileOf, rowOf, pictureOf, words);
  }
}
