package io.caption4j.data.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IptcCharsetTest {
  private static IptcDataSet keyword(byte[] bytes) {
    return IptcDataSet.of(2 << 8 | 25, bytes);
  }

  private static String keyword(List<IptcDataSet> sets) {
    byte[] data = sets.stream().filter(s -> s.tag() == (2 << 8 | 25)).findFirst().get().data();
    return new String(data, IptcCharset.of(sets));
  }

  @Test
  void latinStaysUntilATextNeedsMore() {
    List<IptcDataSet> latin = List.of(keyword("Zürich".getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(IptcCharset.fit(latin, "a dog")).isEqualTo(latin);
    List<IptcDataSet> converted = IptcCharset.fit(latin, "犬");
    assertThat(IptcCharset.of(converted)).isEqualTo(StandardCharsets.UTF_8);
    assertThat(keyword(converted)).isEqualTo("Zürich");
  }

  @Test
  void undeclaredUtf8IsDeclared() {
    List<IptcDataSet> utf8 = List.of(keyword("Zürich".getBytes(StandardCharsets.UTF_8)));

    assertThat(IptcCharset.fit(utf8, "a dog")).isEqualTo(utf8);
    assertThat(keyword(IptcCharset.fit(utf8, "犬"))).isEqualTo("Zürich");
  }

  @Test
  void plainTextsBecomeUtf8() {
    List<IptcDataSet> fit = IptcCharset.fit(List.of(keyword(new byte[] {'a'})), "a dog");

    assertThat(IptcCharset.of(fit)).isEqualTo(StandardCharsets.UTF_8);
  }
}
