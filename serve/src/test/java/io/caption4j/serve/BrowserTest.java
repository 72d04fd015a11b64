package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser; skipped where Chromium and its chromedriver are not installed. */
@Timeout(120)
class BrowserTest {
  private static final String LOADED = "document.getElementById('model').textContent !== ''";

  @TempDir static Path pictures;
  private static CaptionServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    server = new CaptionServer(new ColourCaptions(), Servers.SETTINGS);
    server.start();
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
    open(server);
    browser.await(LOADED);
  }

  /** The console tells of scripts that fail, requests that fail and the policy's refusals. */
  @AfterEach
  void consoleHoldsNoError() {
    assertThat(browser.console()).isEmpty();
  }

  private static void open(CaptionServer other) {
    browser.open("http://127.0.0.1:" + other.port() + "/");
  }

  private static String picture(String name, byte[] content) throws IOException {
    return Files.write(pictures.resolve(name), content).toString();
  }

  private static void choose(String... files) {
    browser.one("#file").sendKeys(String.join("\n", files));
  }

  private static void awaitCards(int done) {
    browser.await("document.querySelectorAll('.card[data-state=done]').length === " + done);
  }

  /** The best caption of the only card, as one line. */
  private static String best() {
    return browser.one(".best").getDomProperty("textContent");
  }

  /** The strongest position of the heat map, or -1 if there is none to see. */
  private static long looked() {
    return (Long)
        browser.run(
            """
            const heat = document.querySelector('.heat:not([hidden])');
            if (!heat) return -1;
            const copy = document.createElement('canvas');
            [copy.width, copy.height] = [heat.width, heat.height];
            const context = copy.getContext('2d', {willReadFrequently: true});
            context.drawImage(heat, 0, 0);
            const data = context.getImageData(0, 0, copy.width, copy.height).data;
            const alpha = [...data].filter((value, i) => i % 4 === 3);
            return alpha.indexOf(Math.max(...alpha));
            """);
  }

  @Test
  void captionsADroppedPictureAndShowsWhereTheModelLooked() {
    byte[] content = Pictures.plain(Color.RED, "png");
    browser.run(
        """
        const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'dropped.png', {type: 'image/png'}));
        document.getElementById('drop').dispatchEvent(
          new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
        """,
        Base64.getEncoder().encodeToString(content));
    awaitCards(1);

    assertThat(best()).isEqualTo("a red picture");
    assertThat(browser.text(".answer > .probability")).isEqualTo("57%");
    assertThat(browser.text(".name")).isEqualTo("dropped.png");
    assertThat(browser.one(".card img").getAttribute("alt")).isEqualTo("a red picture");
    assertThat(browser.text("#status")).isEqualTo("dropped.png: a red picture");
    assertThat(browser.all(".others li")).hasSize(2);
    assertThat(browser.all(".others .probability").get(1).getText()).isEqualTo("under 0.0001%");

    List<WebElement> words = browser.all(".best .word");
    assertThat(words).hasSize(3);
    assertThat(words.get(1).getAttribute("title")).isEqualTo("50%");
    assertThat(looked()).isEqualTo(-1);
    browser.hover(words.get(1));
    assertThat(looked()).isEqualTo(1);
    browser.hover(words.get(2));
    assertThat(looked()).isEqualTo(2);
    browser.hover(browser.one("h1"));
    assertThat(looked()).isEqualTo(-1);
    assertThat(sameBox()).isTrue();
  }

  /** The heat map covers the picture and nothing else. */
  private static boolean sameBox() {
    return (Boolean)
        browser.run(
            """
            const heat = document.querySelector('.heat');
            heat.hidden = false;
            const [a, b] = ['.seen img', '.heat'].map((s) => document.querySelector(s).getBoundingClientRect());
            heat.hidden = true;
            return Math.abs(a.x - b.x) + Math.abs(a.y - b.y) + Math.abs(a.width - b.width) + Math.abs(a.height - b.height) < 1;
            """);
  }

  @Test
  void captionsAPastedPicture() {
    browser.run(
        """
        const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'pasted.png', {type: 'image/png'}));
        document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: transfer}));
        """,
        Base64.getEncoder().encodeToString(Pictures.plain(Color.BLUE, "png")));
    awaitCards(1);
    assertThat(best()).isEqualTo("a blue picture");
  }

  @Test
  void captionsAPhotograph() {
    browser.one("#photograph").click();
    browser.await("document.getElementById('view').videoWidth > 0");
    browser.one("#shoot").click();
    awaitCards(1);
    assertThat(browser.text(".name")).isEqualTo("photograph.jpg");
    assertThat(best()).endsWith("picture");
    assertThat(browser.one("#camera").isDisplayed()).isFalse();
  }

  @Test
  void keepsSeveralPicturesInAGallery() throws IOException {
    choose(
        picture("red.png", Pictures.plain(Color.RED, "png")),
        picture("green.gif", Pictures.plain(Color.GREEN, "gif")),
        picture("text.jpg", "no picture".getBytes()),
        picture("blue.jpg", Pictures.plain(Color.BLUE, "jpg")));
    awaitCards(3);
    browser.await("document.querySelectorAll('.card[data-state=failed]').length === 1");
    assertThat(browser.all(".best")).hasSize(3);
    assertThat(browser.text(".failure")).contains("not a picture", "Expected");
    assertThat(browser.all(".best").stream().map(best -> best.getDomProperty("textContent")))
        .containsExactlyInAnyOrder("a red picture", "a green picture", "a blue picture");
    browser.one(".card[data-state=failed] .remove").click();
    assertThat(browser.all(".card")).hasSize(3);
    browser.one("#clear").click();
    assertThat(browser.all(".card")).isEmpty();
    assertThat(browser.one("#empty").isDisplayed()).isTrue();
    browser.console(); // the browser tells there of a picture that it cannot show
  }

  @Test
  void captionsAgainWithOtherSettings() throws IOException {
    choose(picture("red.png", Pictures.plain(Color.RED, "png")));
    awaitCards(1);
    browser.one("#settings summary").click();
    WebElement beam = browser.one("#beam");
    beam.sendKeys(Keys.HOME); // one
    assertThat(browser.text("output[for=beam]")).isEqualTo("1");
    browser.one("#again").click();
    browser.await("document.querySelectorAll('.others').length === 0");
    awaitCards(1);
    assertThat(browser.one("#sampling").isDisplayed()).isTrue();
    browser.one("#draw").click();
    assertThat(browser.one("#temperature").isEnabled()).isTrue();
  }

  @Test
  void isUsedByTheKeyboardAlone() throws IOException {
    browser.press(Keys.TAB); // the link that skips
    browser.press(Keys.TAB); // the interface's description
    browser.press(Keys.TAB);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("file");
    assertThat(browser.one("#drop").getCssValue("outline-style")).isEqualTo("solid");
    choose(picture("red.png", Pictures.plain(Color.RED, "png")));
    awaitCards(1);
    browser.run("document.querySelector('.best .word').focus()");
    assertThat(looked()).isZero();
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("red");
    assertThat(looked()).isEqualTo(1);
    browser.press(Keys.END);
    assertThat(looked()).isEqualTo(2);
    browser.press(Keys.TAB);
    assertThat(looked()).isNotEqualTo(2);
  }

  /** What a screen reader finds: every control has a name, every picture a text. */
  @Test
  void namesEverythingThatCanBeUsed() throws IOException {
    choose(picture("red.png", Pictures.plain(Color.RED, "png")));
    awaitCards(1);
    browser.one("#settings summary").click();
    for (WebElement control : browser.all("button, input, a, summary")) {
      if (control.isDisplayed()) {
        assertThat(control.getAccessibleName()).as(control.getAttribute("outerHTML")).isNotBlank();
      }
    }
    assertThat(browser.one("#status").getAriaRole()).isEqualTo("status");
    assertThat(browser.one("main").getAriaRole()).isEqualTo("main");
  }

  @Test
  void showsLessWhereTheModelTellsLess() throws IOException {
    try (CaptionServer plain =
        new CaptionServer(new ColourCaptions(Abilities.NONE), Servers.SETTINGS)) {
      plain.start();
      open(plain);
      browser.await(LOADED);
      choose(picture("red.png", Pictures.plain(Color.RED, "png")));
      awaitCards(1);
      assertThat(best()).isEqualTo("a red picture");
      assertThat(browser.all("button.word, .sure")).isEmpty();
      browser.hover(browser.all(".best .word").get(1));
      assertThat(looked()).isEqualTo(-1);
      assertThat(browser.text("#legend")).doesNotContain("looked");
      browser.one("#settings summary").click();
      assertThat(browser.one("#sampling").isDisplayed()).isFalse();
    }
  }

  @Test
  void asksForTheKeyOfAServiceThatHasOne() throws IOException {
    try (CaptionServer locked =
        new CaptionServer(new ColourCaptions(), Servers.with("api-key=open sesame"))) {
      locked.start();
      open(locked);
      browser.await("document.getElementById('settings').open");
      assertThat(browser.text("#error")).contains("API key");
      browser.console(); // the refused request is in it
      browser.one("#key").sendKeys("open sesame", Keys.TAB);
      browser.await(LOADED);
      choose(picture("red.png", Pictures.plain(Color.RED, "png")));
      awaitCards(1);
      assertThat(browser.one("#error").isDisplayed()).isFalse();
    }
  }

  @Test
  void showsTheInterfacesDescription() {
    browser.open("http://127.0.0.1:" + server.port() + "/docs");
    browser.await("document.querySelectorAll('.opblock').length === 15");
    browser.one("#operations-captions-post_v1_captions .opblock-summary-control").click();
    browser.await("document.querySelector('.parameters')");
  }

  /** Also leaves pictures of the page in target/screenshots, for people. */
  @Test
  void fitsScreensAndTheirTastes() throws IOException {
    choose(picture("red.jpg", Pictures.redJpeg()));
    awaitCards(1);
    String light = look("light", 1280, 800);
    String dark = look("dark", 1280, 800);
    look("light", 360, 740);
    look("dark", 820, 1180);
    assertThat(light).isNotEqualTo(dark);
    browser.devtools("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /** The page's ground colour at a size and in a scheme; nothing may be wider than the screen. */
  private static String look(String scheme, int width, int height) throws IOException {
    Object feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    browser.devtools("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    browser.screenshot(Path.of("target", "screenshots", scheme + "-" + width + ".png"));
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    return (String) browser.run("return getComputedStyle(document.body).backgroundColor");
  }
}
