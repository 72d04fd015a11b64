package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; skipped where Chromium and its chromedriver are not installed. */
@Timeout(120)
class BrowserTest {
  private static final String ANSWERED = "document.querySelectorAll('#captions li').length === 3";

  @TempDir static Path pictures;
  private static CaptionServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    Optional<Path> chromium = Browser.find("chromium");
    Optional<Path> chromedriver = Browser.find("chromedriver");
    assumeTrue(chromium.isPresent() && chromedriver.isPresent(), "no chromium on the PATH");
    server = new CaptionServer(new ColourCaptions(), ServeSettings.builder().port(0).build());
    server.start();
    // Not a @TempDir: Chromium may still write there while it ends.
    Path profile = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium");
    browser = new Browser(chromium.get(), chromedriver.get(), profile);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    browser.open("http://127.0.0.1:" + server.port() + "/");
    browser.await("document.getElementById('model').textContent !== ''");
  }

  @Test
  void captionsAChosenPicture() throws IOException {
    browser.type("#file", picture("blue.png", Pictures.plain(Color.BLUE, "png")));
    browser.await(ANSWERED);

    assertThat(text("#captions li:first-child .text")).isEqualTo("a blue picture");
    assertThat(text("#captions li:first-child .probability")).isEqualTo("11%");
    assertThat(text("#captions li:last-child .probability")).isEqualTo("under 0.0001%");
    assertThat(text("#name")).isEqualTo("blue.png");
    assertThat(browser.run("return document.getElementById('preview').alt").textValue())
        .isEqualTo("a blue picture");
    assertThat(text("#model")).contains("colours", "Apache-2.0");
    // The console tells of scripts that fail, requests that fail and the policy's refusals.
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void captionsADroppedPicture() {
    browser.run(
        """
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 20;
        const context = canvas.getContext('2d');
        context.fillStyle = 'rgb(250, 0, 0)';
        context.fillRect(0, 0, 20, 20);
        canvas.toBlob((blob) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([blob], 'dropped.png', {type: 'image/png'}));
          document.getElementById('drop').dispatchEvent(
            new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
        });
        return null;
        """);
    browser.await(ANSWERED);
    assertThat(text("#captions li:first-child .text")).isEqualTo("a red picture");
    assertThat(text("#name")).isEqualTo("dropped.png");
  }

  @Test
  void saysWhatIsWrongAndGoesOn() throws IOException {
    browser.type("#file", picture("text.jpg", "no picture".getBytes()));
    browser.await("!document.getElementById('error').hidden");
    assertThat(text("#error")).isNotBlank();
    assertThat(browser.run("return document.getElementById('captions').hidden").booleanValue())
        .isTrue();

    browser.type("#file", picture("green.png", Pictures.plain(Color.GREEN, "png")));
    browser.await(ANSWERED);
    assertThat(text("#captions li:first-child .text")).isEqualTo("a green picture");
    assertThat(browser.run("return document.getElementById('error').hidden").booleanValue())
        .isTrue();
    browser.console(); // the refused request is in it
  }

  @Test
  void isReachedByTheKeyboard() {
    browser.press("\uE004"); // Tab
    assertThat(browser.run("return document.activeElement.id").textValue()).isEqualTo("file");
    assertThat(
            browser
                .run("return getComputedStyle(document.getElementById('drop')).outlineStyle")
                .textValue())
        .isEqualTo("solid");
  }

  /** Also leaves pictures of the page in target/screenshots, for people. */
  @Test
  void fitsScreensAndTheirTastes() throws IOException {
    browser.type("#file", picture("red.jpg", Pictures.redJpeg()));
    browser.await(ANSWERED);
    String light = look("light", 1280, 800);
    String dark = look("dark", 1280, 800);
    look("light", 360, 740);
    assertThat(light).isNotEqualTo(dark);
  }

  /** The page's ground colour at a size and in a scheme; nothing may be wider than the screen. */
  private static String look(String scheme, int width, int height) throws IOException {
    Object feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    browser.devtools("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    Path file = Path.of("target", "screenshots", scheme + "-" + width + ".png");
    browser.screenshot(file);
    assertThat(browser.run("return document.documentElement.scrollWidth").intValue())
        .isLessThanOrEqualTo(width);
    return browser.run("return getComputedStyle(document.body).backgroundColor").textValue();
  }

  private static String text(String selector) {
    return browser.run("return document.querySelector('" + selector + "').textContent").textValue();
  }

  private static String picture(String name, byte[] content) throws IOException {
    return Files.write(pictures.resolve(name), content).toString();
  }
}
