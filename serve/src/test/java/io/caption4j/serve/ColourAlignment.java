package io.caption4j.serve;

import io.caption4j.align.AlignException;
import io.caption4j.align.Box;
import io.caption4j.align.GridWindows;
import io.caption4j.align.RegionProposer;
import io.caption4j.data.Pixels;
import io.caption4j.encoder.RowEncoder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An alignment model for tests, in a space of red, green and blue: a region's vector is its mean
 * colour, a word's says how much more it wants of one than of the others. Also the rows of an index
 * in that space.
 */
final class ColourAlignment implements AlignService, RowEncoder {
  private static final List<String> KNOWN = List.of("red", "green", "blue");
  private static final int SIZE = 4; // an index wants an even number
  private static final int SIDE = 14;

  final AtomicInteger encoded = new AtomicInteger();
  private final RegionProposer windows = new GridWindows();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** From now on pictures stay inside until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void release() {
    gate.countDown();
  }

  @Override
  public String name() {
    return "colours";
  }

  @Override
  public Pixels shrink(Pixels picture) {
    return picture.resize(SIDE, SIDE);
  }

  @Override
  public List<float[]> regions(List<Pixels> pictures) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    encoded.addAndGet(pictures.size());
    return pictures.stream().map(this::regions).toList();
  }

  private float[] regions(Pixels picture) {
    List<Box> boxes = windows.propose(SIDE, SIDE);
    float[] vectors = new float[boxes.size() * SIZE]; // (20, 4)
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      for (int y = box.y(); y < box.y() + box.height(); y++) {
        for (int x = box.x(); x < box.x() + box.width(); x++) {
          for (int c = 0; c < 3; c++) {
            vectors[i * SIZE + c] +=
                (picture.rgb()[3 * (y * SIDE + x) + c] & 0xff) / 255f / box.area();
          }
        }
      }
    }
    return vectors;
  }

  @Override
  public RegionProposer proposer() {
    return windows;
  }

  @Override
  public Sentence sentence(String text) {
    List<String> tokens = List.of(text.toLowerCase(java.util.Locale.ROOT).strip().split("\\s+"));
    if (tokens.stream().noneMatch(KNOWN::contains)) {
      throw new AlignException("The model 'colours' knows no word of \"%s\".".formatted(text));
    }
    float[] words = new float[tokens.size() * SIZE]; // (T, 4)
    for (int t = 0; t < tokens.size(); t++) {
      int colour = KNOWN.indexOf(tokens.get(t));
      for (int c = 0; colour >= 0 && c < 3; c++) {
        words[t * SIZE + c] = c == colour ? 1 : -1;
      }
    }
    return new Sentence(tokens, words);
  }

  @Override
  public String hash() {
    return "c0".repeat(32);
  }

  @Override
  public String kind() {
    return "regions";
  }

  @Override
  public long[] rowShape() {
    return new long[] {GridWindows.COUNT, SIZE};
  }

  @Override
  public Pixels resize(Pixels picture) {
    return shrink(picture);
  }

  @Override
  public float[] encode(List<Pixels> pictures) {
    int each = GridWindows.COUNT * SIZE;
    float[] rows = new float[pictures.size() * each]; // (N, 20, 4)
    List<float[]> regions = regions(pictures.stream().map(this::shrink).toList());
    for (int i = 0; i < regions.size(); i++) {
      System.arraycopy(regions.get(i), 0, rows, i * each, each);
    }
    return rows;
  }
}
