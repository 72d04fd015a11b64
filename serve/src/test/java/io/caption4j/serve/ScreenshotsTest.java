package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.caption4j.align.AlignException;
import io.caption4j.align.Aligner;
import io.caption4j.align.AlignerRows;
import io.caption4j.align.GridWindows;
import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.detect.Detectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Takes the pictures of the page in docs/, with the bundled models ({@code
 * -Dcaption4j.align-model=FILE} names another alignment model):
 *
 * <pre>
 * mvn -pl serve -am test -Dtest=ScreenshotsTest -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dcaption4j.screenshots=../docs
 * </pre>
 */
@EnabledIfSystemProperty(named = "caption4j.screenshots", matches = ".+")
@Timeout(300)
class ScreenshotsTest {
  private static final Path OUT = Path.of(System.getProperty("caption4j.screenshots", "target"));
  private static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath().normalize();

  @TempDir Path temporary;

  @Test
  void takesThem() throws Exception {
    try (Captioner captioner = Captioner.bundled();
        SharedDetector detector =
            new SharedDetector(Detectors.SSD_MOBILENET_V2, Detectors::bundled)) {
      Services captions = Services.of(CaptionService.of(captioner)).withDetector(detector);
      try (Aligner aligner = aligner();
          FolderSearch search =
              FolderSearch.of(
                  SAMPLES,
                  temporary,
                  new AlignerRows(aligner),
                  new GridWindows(),
                  System.err::println)) {
        search.awaitIndex();
        AlignService alignment = AlignService.of(aligner);
        take(captions.withAlignment(alignment).withSearch(search), true);
      } catch (AlignException e) {
        System.err.println(e.getMessage() + " There is no picture of the search, then.");
        take(captions, false);
      }
    }
  }

  private static Aligner aligner() {
    String file = System.getProperty("caption4j.align-model", "");
    return file.isEmpty()
        ? Aligner.bundled(EncoderEngine.AUTO)
        : Aligner.load(Path.of(file), EncoderEngine.AUTO);
  }

  private static void take(Services services, boolean searches) throws IOException {
    try (CaptionServer server = new CaptionServer(services, Servers.SETTINGS);
        Browser browser = Browser.start()) {
      server.start();
      String address = "http://127.0.0.1:" + server.port() + "/";
      look(browser, address, "light", 1280, 860);
      caption(browser, "horses", "baseball", "tennis", "skier");
      point(browser, "skier", searches);
      browser.screenshot(OUT.resolve("page-desktop.png"));
      look(browser, address, "dark", 390, 844);
      caption(browser, "skier");
      browser.run("document.getElementById('heading').scrollIntoView()");
      point(browser, "hill", searches);
      browser.screenshot(OUT.resolve("page-phone.png"));
      if (searches) {
        look(browser, address, "light", 1280, 860);
        browser.one("#words").sendKeys("horses on a beach", Keys.ENTER);
        browser.await("document.querySelectorAll('.hit img[src]').length > 8");
        browser.await("[...document.querySelectorAll('.hit img[src]')].every((i) => i.complete)");
        browser.hover(browser.all(".asked .word").get(0));
        browser.screenshot(OUT.resolve("page-search.png"));
      }
      assertThat(browser.console()).isEmpty();
    }
  }

  private static void look(Browser browser, String address, String scheme, int width, int height) {
    List<Map<String, String>> features =
        List.of(
            Map.of("name", "prefers-color-scheme", "value", scheme),
            Map.of("name", "prefers-reduced-motion", "value", "reduce"));
    browser.devtools("Emulation.setEmulatedMedia", Map.of("features", features));
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    browser.open(address);
    browser.await("document.getElementById('model').textContent !== ''");
  }

  private static void caption(Browser browser, String... samples) {
    String files =
        List.of(samples).stream()
            .map(sample -> SAMPLES.resolve(sample + ".jpg").toString())
            .collect(Collectors.joining("\n"));
    browser.one("#file").sendKeys(files);
    browser.await(
        "document.querySelectorAll('.card[data-state=done]').length === " + samples.length);
    browser.await("[...document.querySelectorAll('.objects')].every((o) => o.childElementCount)");
  }

  /** Points at a word of a best caption, else at any. */
  private static void point(Browser browser, String wanted, boolean aligned) {
    List<WebElement> words = browser.all(".best button.word");
    WebElement word =
        words.stream().filter(w -> w.getText().equals(wanted)).findFirst().orElse(words.get(1));
    browser.hover(word);
    browser.await("document.querySelector('.heat:not([hidden])')");
    if (aligned) {
      browser.await("document.querySelector('.boxes:not([hidden]) .box')");
    }
  }
}
