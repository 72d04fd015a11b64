package io.caption4j.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionCaptionerTest {
  private static final Path SKIER = Path.of("..", "samples", "skier.jpg");

  private static String words(RegionCaption region) {
    return region.box() + " " + region.caption().text();
  }

  @Test
  void eachCaptionIsThatOfItsPart(@TempDir Path folder) {
    Pixels picture = new ImageLoader().load(SKIER);
    List<RegionCaption> found;
    List<RegionCaption> byHand = new ArrayList<>();
    try (Captioner captioner = Captioner.bundled()) {
      found =
          new RegionCaptioner(captioner, Search.greedy(), DistinctRegions.USUAL)
              .caption(picture, new GridWindows());
      for (Box box : new GridWindows().propose(picture.width(), picture.height())) {
        Pixels part = picture.crop(box.x(), box.y(), box.width(), box.height());
        byHand.add(new RegionCaption(box, captioner.caption(part, Search.greedy()).get(0)));
      }
    }
    assertThat(found).hasSizeBetween(2, 5);
    assertThat(found.stream().map(RegionCaptionerTest::words))
        .containsExactlyElementsOf(
            DistinctRegions.USUAL.of(byHand).stream().map(RegionCaptionerTest::words).toList());

    Path file = folder.resolve("skier.png");
    RegionSheet.write(picture, found, file);
    Pixels sheet = new ImageLoader().load(file);
    assertThat(sheet.rgb()).isEqualTo(RegionSheet.draw(picture, found).rgb());
    assertThat(sheet.height())
        .isGreaterThan(RegionSheet.draw(picture, List.of()).height()); // texts are below
  }
}
