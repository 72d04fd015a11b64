package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The objects of a picture on the page, in a real browser. */
@Timeout(300)
class ObjectsBrowserTest {
  private static CaptionServer server;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    server =
        new CaptionServer(
            Services.of(new ColourCaptions()).withDetector(new ColourDetector().shared()),
            Servers.SETTINGS);
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
  void open() throws IOException {
    browser.open("http://127.0.0.1:" + server.port() + "/");
    browser.await("document.getElementById('model').textContent !== ''");
  }

  @AfterEach
  void consoleHoldsNoError() {
    assertThat(browser.console()).isEmpty();
  }

  private static void choose(Color left, Color right) throws IOException {
    Path file =
        Files.write(browser.folder().resolve("both.png"), Pictures.halves(left, right, 280, 140));
    browser.one("#file").sendKeys(file.toString());
    browser.await("document.querySelector('.objects')?.childElementCount > 0");
  }

  /** Left and right edge of the box that is seen, in hundredths of its picture; or none. */
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

  private static List<String> pointed() {
    return browser.all(".object.pointed").stream().map(WebElement::getText).toList();
  }

  @Test
  void showsTheBoxOfANameThatIsPointedAt() throws IOException {
    choose(Color.RED, Color.GREEN);
    List<WebElement> names = browser.all(".objects button");
    assertThat(names.stream().map(WebElement::getText)).containsExactly("red", "green");
    assertThat(names.get(1).getAttribute("aria-description")).isEqualTo("60%, middle right");
    browser.hover(names.get(1));
    assertThat(edges()).isEqualTo("50 to 100");
    assertThat(browser.text(".box .label")).isEqualTo("green");
    browser.hover(names.get(0));
    assertThat(edges()).isEqualTo("0 to 50");
    browser.hover(browser.one("h1"));
    assertThat(edges()).isEqualTo("none");
    assertThat(browser.text("#legend")).contains("object");
  }

  @Test
  void marksTheNameOfAPlaceThatIsPointedAt() throws IOException {
    choose(Color.RED, Color.GREEN);
    browser.hoverAt(browser.one(".seen"), 0.75, 0.5);
    assertThat(pointed()).containsExactly("green");
    assertThat(edges()).isEqualTo("50 to 100");
    browser.hoverAt(browser.one(".seen"), 0.25, 0.9);
    assertThat(pointed()).containsExactly("red");
    browser.hover(browser.one("h1"));
    assertThat(pointed()).isEmpty();
    assertThat(edges()).isEqualTo("none");
  }

  @Test
  void isUsedByTheKeyboardAlone() throws IOException {
    choose(Color.RED, Color.GREEN);
    browser.run("document.querySelector('.best .word').focus()");
    // Other captions, each a stop, stand between.
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("red");
    assertThat(edges()).isEqualTo("0 to 50");
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.run("return document.activeElement.textContent")).isEqualTo("green");
    assertThat(edges()).isEqualTo("50 to 100");
    browser.press(Keys.HOME);
    assertThat(edges()).isEqualTo("0 to 50");
    browser.press(Keys.TAB);
    assertThat(edges()).isEqualTo("none");
    assertThat(browser.all(".objects [tabindex='0']")).hasSize(1);
    for (WebElement control : browser.all("button, input, a, summary")) {
      if (control.isDisplayed()) {
        assertThat(control.getAccessibleName()).as(control.getAttribute("outerHTML")).isNotBlank();
      }
    }
  }

  @Test
  void saysSoWhereThereIsNone() throws IOException {
    choose(Color.WHITE, Color.BLACK);
    assertThat(browser.text(".objects")).contains("No objects");
    browser.hover(browser.one(".seen"));
    assertThat(edges()).isEqualTo("none");
  }

  @Test
  void keepsTheCaptionWhereTheObjectsFail() throws IOException {
    browser.run(
        """
        const real = window.fetch;
        window.fetch = async (path, options) => {
          if (path === 'v1/objects') throw new TypeError('a connection that fails');
          return real(path, options);
        };
        """);
    choose(Color.RED, Color.GREEN);
    assertThat(browser.text(".objects .failure")).contains("does not answer");
    assertThat(browser.all(".card[data-state=done]")).hasSize(1);
    assertThat(browser.one(".best").getDomProperty("textContent")).isEqualTo("a red picture");
  }

  @Test
  void asksForNoneWhereTheServiceHasNoDetector() throws IOException {
    try (CaptionServer plain = new CaptionServer(new ColourCaptions(), Servers.SETTINGS)) {
      plain.start();
      browser.open("http://127.0.0.1:" + plain.port() + "/");
      browser.await("document.getElementById('model').textContent !== ''");
      browser
          .one("#file")
          .sendKeys(
              Files.write(browser.folder().resolve("red.jpg"), Pictures.redJpeg()).toString());
      browser.await("document.querySelectorAll('.card[data-state=done]').length === 1");
      assertThat(browser.all(".objects")).isEmpty();
      assertThat(browser.text("#legend")).doesNotContain("object");
    }
  }
}
