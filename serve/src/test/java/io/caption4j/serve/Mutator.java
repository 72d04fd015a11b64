package io.caption4j.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes as fuzzers do; the same seed damages them the same way. */
final class Mutator {
  private static final int[] ODD = {0, 1, 0x7f, 0x80, 0xff};

  private final Random random;
  private final List<byte[]> seeds;

  Mutator(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    this.random = new Random(seed);
  }

  /** A damaged copy of one of the seeds. */
  byte[] next() {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
      bytes = damage(bytes);
    }
    return bytes;
  }

  /** A damaged copy of these bytes. */
  byte[] damage(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    byte[] copy = bytes.clone();
    switch (random.nextInt(7)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) ODD[random.nextInt(ODD.length)];
      case 2 -> copy = Arrays.copyOf(copy, at); // cut short
      case 3 -> copy = Arrays.copyOf(copy, copy.length + random.nextInt(300)); // zeros behind
      case 4 -> copy = spliced(copy, at);
      case 5 -> Arrays.fill(copy, at, Math.min(copy.length, at + 8), (byte) 0xff);
      default -> copy[Math.min(copy.length - 1, random.nextInt(32))] = (byte) random.nextInt(256);
    }
    return copy;
  }

  /** The beginning of these bytes and the end of another seed. */
  private byte[] spliced(byte[] bytes, int at) {
    byte[] other = seeds.get(random.nextInt(seeds.size()));
    int from = random.nextInt(other.length);
    byte[] joined = Arrays.copyOf(bytes, at + other.length - from);
    System.arraycopy(other, from, joined, at, other.length - from);
    return joined;
  }
}
