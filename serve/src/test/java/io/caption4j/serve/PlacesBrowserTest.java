package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Where words belong, and pictures found by words, on the page in a real browser. */
@Timeout(300)
class PlacesBrowserTest {
  @TempDir static Path folder;
  private static FolderSearch search;
  private static CaptionServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    Path images = Files.createDirectories(folder.resolve("images/beach")).getParent();
    Files.write(images.resolve("both.png"), Pictures.halves(Color.RED, Color.BLUE, 280, 140));
    Files.write(images.resolve("beach/green.png"), Pictures.plain(Color.GREEN, "png"));
    ColourAlignment alignment = new ColourAlignment();
    search =
        FolderSearch.of(
            images, folder.resolve("index"), alignment, alignment.proposer(), line -> {});
    search.awaitIndex();
    server =
        new CaptionServer(
            Services.of(new ColourCaptions()).withAlignment(alignment).withSearch(search),
            Servers.with("api-key=open sesame"));
    server.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
      search.close();
    }
  }

  /** With a key, which pictures of the folder must have too. */
  @BeforeEach
  void open() {
    browser.open("http://127.0.0.1:" + server.port() + "/");
    browser.await("document.getElementById('settings').open");
    browser.console(); // the request without the key is in it
    browser.one("#key").sendKeys("open sesame", Keys.TAB);
    browser.await("document.getElementById('model').textContent !== ''");
    browser.one("#settings summary").click();
  }

  @AfterEach
  void consoleHoldsNoError() {
    assertThat(browser.console()).isEmpty();
  }

  /** Left and right edge of the first box that is seen, in hundredths of its picture; or none. */
  private static Object edges() {
    return browser.run(
        """
        const box = document.querySelector('.boxes:not([hidden]) .box');
        if (!box) return 'none';
        const [inner, outer] = [box, box.closest('.seen')].map((node) => node.getBoundingClientRect());
        const share = (x) => Math.round(100 * (x - outer.left) / outer.width);
        return share(inner.left) + ' to ' + share(inner.right);
        """);
  }

  private static void awaitEdges(String expected) {
    browser.await(
        "(() => {const box = document.querySelector('.boxes:not([hidden]) .box'); return box"
            + " && Math.round(parseFloat(box.style.left)) + ' to '"
            + " + Math.round(parseFloat(box.style.left) + parseFloat(box.style.width)) === '"
            + expected
            + "'})()");
  }

  private static void choose() {
    browser.one("#file").sendKeys(folder.resolve("images/both.png").toString());
    browser.await("document.querySelectorAll('.card[data-state=done]').length === 1");
  }

  @Test
  void showsWhereAWordOfACaptionBelongs() {
    choose();
    List<WebElement> words = browser.all(".best .word"); // a red picture
    browser.hover(words.get(1));
    awaitEdges("0 to 43");
    assertThat(edges()).isEqualTo("0 to 43"); // as it is drawn, too
    assertThat(browser.text(".box .label")).contains("red");
    browser.hover(browser.one("h1"));
    assertThat(edges()).isEqualTo("none");
    assertThat(browser.text("#legend")).contains("where the model looked", "box");
  }

  @Test
  void asksAgainForPlacesThatDidNotCome() {
    choose();
    browser.run(
        """
        const real = window.fetch;
        window.fetch = async () => {
          window.fetch = real;
          throw new TypeError('a connection that fails');
        };
        """);
    List<WebElement> words = browser.all(".best .word"); // a red picture
    browser.hover(words.get(1));
    browser.await("window.fetch.toString().includes('native')"); // it has failed
    assertThat(edges()).isEqualTo("none");
    browser.hover(browser.one("h1"));
    browser.hover(words.get(1));
    awaitEdges("0 to 43");
  }

  @Test
  void alignsASentenceOfOnesOwn() {
    choose();
    browser.one(".own input").sendKeys("Blue and red", Keys.ENTER);
    browser.await("document.querySelectorAll('.mine .word').length === 3");
    assertThat(browser.all(".mine .word").get(0).getAttribute("aria-description"))
        .isEqualTo("top right");
    browser.press(Keys.TAB); // the button
    browser.press(Keys.TAB); // the first word
    awaitEdges("57 to 100");
    browser.press(Keys.END);
    awaitEdges("0 to 43");

    WebElement input = browser.one(".own input");
    input.clear();
    input.sendKeys("nothing of it", Keys.ENTER);
    browser.await("document.querySelector('.own .failure')");
    assertThat(browser.text(".own .failure")).contains("knows no word");
    browser.console(); // the refusal is in it
  }

  @Test
  void findsPicturesOfTheFolder() {
    browser.one("#words").sendKeys("red or green", Keys.ENTER);
    browser.await("document.querySelectorAll('.hit img[src]').length === 2");
    browser.await("[...document.querySelectorAll('.hit img')].every((i) => i.naturalWidth > 0)");
    assertThat(browser.text("#found-heading")).contains("red or green");
    assertThat(browser.text("#status")).contains("best 2 of 2 pictures");
    assertThat(browser.all(".hit img").stream().map(i -> i.getAttribute("alt")))
        .containsExactlyInAnyOrder("both.png", "beach/green.png");
    browser.hover(browser.all(".asked .word").get(0));
    assertThat(browser.all(".boxes:not([hidden]) .box")).hasSize(2);

    browser.one(".hit .caption-it").click();
    browser.await("document.querySelectorAll('.card[data-state=done]').length === 1");
    assertThat(browser.one(".best").getDomProperty("textContent")).endsWith("picture");
    for (WebElement control : browser.all("button, input, a, summary")) {
      if (control.isDisplayed()) {
        assertThat(control.getAccessibleName()).as(control.getAttribute("outerHTML")).isNotBlank();
      }
    }
    browser.one("#close-found").click();
    assertThat(browser.one("#found").isDisplayed()).isFalse();
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("words");
  }

  @Test
  void tellsWhatIsWrongWithASearch() {
    browser.one("#words").sendKeys("unheard of", Keys.ENTER);
    browser.await("document.getElementById('found-note').textContent.includes('knows no word')");
    browser.console(); // the refusal is in it
  }

  @Test
  void fitsAPhone() {
    browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        java.util.Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
    choose();
    browser.one("#words").sendKeys("blue ".repeat(30), Keys.ENTER);
    browser.await("document.querySelectorAll('.hit img[src]').length === 2");
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(360);
    browser.devtools("Emulation.clearDeviceMetricsOverride", java.util.Map.of());
  }
}
