package io.caption4j.data.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which bytes the texts of an IPTC record are in, by its coded character set (1:90). */
final class IptcCharset {
  /** The data set that tells. */
  static final int TAG = 1 << 8 | 90;

  /** What it holds for UTF-8. */
  static final byte[] UTF8 = {0x1B, 0x25, 0x47};

  private static final Charset LATIN = Charset.forName("windows-1252");
  private static final List<byte[]> LATIN_CODES =
      List.of(new byte[] {0x1B, 0x2E, 0x41}, new byte[] {0x1B, 0x2D, 0x41});
  private static final Set<Integer> BINARY =
      Set.of(2 << 8, 2 << 8 | 125, 2 << 8 | 200, 2 << 8 | 201, 2 << 8 | 202);

  private IptcCharset() {}

  /** What the texts are in. Without a declaration it is Windows' Latin, as others take it. */
  static Charset of(List<IptcDataSet> sets) {
    return declared(sets, UTF8) ? StandardCharsets.UTF_8 : LATIN;
  }

  /**
   * Makes a record able to hold a text and leaves the meaning of all others as it is: it stays as
   * it is if the text can be written, is declared to be UTF-8 if all others are, or is turned into
   * UTF-8.
   */
  static List<IptcDataSet> fit(List<IptcDataSet> sets, String text) {
    boolean declared = sets.stream().anyMatch(set -> set.tag() == TAG);
    boolean ascii = sets.stream().allMatch(IptcCharset::isAscii);
    boolean latin = LATIN_CODES.stream().anyMatch(code -> declared(sets, code));
    if (declared(sets, UTF8) || declared && !latin) {
      return sets;
    }
    if (!declared && ascii) {
      return declaring(sets);
    }
    if (text.chars().allMatch(c -> c < 128)) {
      return sets; // the same bytes in either
    }
    if (!declared && sets.stream().allMatch(IptcCharset::isUtf8)) {
      return declaring(sets); // they were UTF-8 all the time
    }
    List<IptcDataSet> converted = new ArrayList<>();
    for (IptcDataSet set : sets) {
      byte[] data = set.data();
      converted.add(
          isAscii(set)
              ? set
              : IptcDataSet.of(
                  set.tag(), new String(data, LATIN).getBytes(StandardCharsets.UTF_8)));
    }
    return declaring(converted);
  }

  private static List<IptcDataSet> declaring(List<IptcDataSet> sets) {
    List<IptcDataSet> declaring = new ArrayList<>(sets);
    declaring.removeIf(set -> set.tag() == TAG);
    IptcDataSet.insert(declaring, IptcDataSet.of(TAG, UTF8));
    return declaring;
  }

  private static boolean declared(List<IptcDataSet> sets, byte[] code) {
    return sets.stream().anyMatch(set -> set.tag() == TAG && Arrays.equals(set.data(), code));
  }

  private static boolean isAscii(IptcDataSet set) {
    if (set.tag() >> 8 != 2 || BINARY.contains(set.tag())) {
      return true; // no text
    }
    for (byte b : set.data()) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(IptcDataSet set) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(set.data()));
      return true;
    } catch (CharacterCodingException e) {
      return isAscii(set);
    }
  }
}
