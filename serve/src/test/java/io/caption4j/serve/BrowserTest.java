package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser; skipped where Chromium and its chromedriver are not installed. */
@Timeout(300)
class BrowserTest {
  @RegisterExtension static final Page page = new Page();

  @Test
  void captionsADroppedPictureAndShowsWhereTheModelLooked() {
    byte[] content = Pictures.plain(Color.RED, "png");
    page.browser.run(
        """
        const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'dropped.png', {type: 'image/png'}));
        document.getElementById('drop').dispatchEvent(
          new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
        """,
        Base64.getEncoder().encodeToString(content));
    page.awaitCards(1);

    assertThat(page.best()).isEqualTo("a red picture");
    assertThat(page.browser.text(".answer > .probability")).isEqualTo("57%");
    assertThat(page.browser.text(".name")).isEqualTo("dropped.png");
    assertThat(page.browser.one(".card img").getAttribute("alt")).isEqualTo("a red picture");
    assertThat(page.browser.text("#status")).isEqualTo("dropped.png: a red picture");
    assertThat(page.browser.all(".others li")).hasSize(2);
    assertThat(page.browser.all(".others .probability").get(1).getText())
        .isEqualTo("under 0.0001%");

    List<WebElement> words = page.browser.all(".best .word");
    assertThat(words).hasSize(3);
    assertThat(words.get(1).getAttribute("title")).isEqualTo("50%");
    assertThat(page.looked()).isEqualTo(-1);
    page.browser.hover(words.get(1));
    assertThat(page.looked()).isEqualTo(1);
    page.browser.hover(words.get(2));
    assertThat(page.looked()).isEqualTo(2);
    page.browser.hover(page.browser.one("h1"));
    assertThat(page.looked()).isEqualTo(-1);
    assertThat(sameBox()).isTrue();
  }

  /** The heat map covers the picture and nothing else. */
  private static boolean sameBox() {
    return (Boolean)
        page.browser.run(
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
    page.browser.run(
        """
        const bytes = Uint8Array.from(atob(arguments[0]), (c) => c.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], 'pasted.png', {type: 'image/png'}));
        document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: transfer}));
        """,
        Base64.getEncoder().encodeToString(Pictures.plain(Color.BLUE, "png")));
    page.awaitCards(1);
    assertThat(page.best()).isEqualTo("a blue picture");
  }

  @Test
  void keepsSeveralPicturesInAGallery() throws IOException {
    page.choose(
        page.red(),
        page.picture("green.gif", Pictures.plain(Color.GREEN, "gif")),
        page.picture("text.jpg", "no picture".getBytes()),
        page.picture("blue.jpg", Pictures.plain(Color.BLUE, "jpg")));
    page.awaitCards(3);
    page.browser.await("document.querySelectorAll('.card[data-state=failed]').length === 1");
    assertThat(page.browser.all(".best")).hasSize(3);
    assertThat(page.browser.text(".failure")).contains("not a picture", "Expected");
    assertThat(page.browser.all(".best").stream().map(best -> best.getDomProperty("textContent")))
        .containsExactlyInAnyOrder("a red picture", "a green picture", "a blue picture");
    page.browser.one(".card[data-state=failed] .remove").click();
    assertThat(page.browser.all(".card")).hasSize(3);
    page.browser.one("#clear").click();
    assertThat(page.browser.all(".card")).isEmpty();
    assertThat(page.browser.one("#empty").isDisplayed()).isTrue();
    page.browser.console(); // the browser tells there of a picture that it cannot show
  }

  @Test
  void captionsAgainWithOtherSettings() throws IOException {
    page.choose(page.red());
    page.awaitCards(1);
    page.browser.one("#settings summary").click();
    WebElement beam = page.browser.one("#beam");
    beam.sendKeys(Keys.HOME); // one
    assertThat(page.browser.text("output[for=beam]")).isEqualTo("1");
    page.browser.one("#again").click();
    page.browser.await("document.querySelectorAll('.others').length === 0");
    page.awaitCards(1);
    assertThat(page.browser.one("#sampling").isDisplayed()).isTrue();
    page.browser.one("#draw").click();
    assertThat(page.browser.one("#temperature").isEnabled()).isTrue();
  }

  @Test
  void showsLessWhereTheModelTellsLess() throws IOException {
    try (CaptionServer plain =
        new CaptionServer(new ColourCaptions(Abilities.NONE), Servers.SETTINGS)) {
      plain.start();
      page.open(plain.port());
      page.awaitLoaded();
      page.choose(page.red());
      page.awaitCards(1);
      assertThat(page.best()).isEqualTo("a red picture");
      assertThat(page.browser.all("button.word, .sure")).isEmpty();
      page.browser.hover(page.browser.all(".best .word").get(1));
      assertThat(page.looked()).isEqualTo(-1);
      assertThat(page.browser.text("#legend")).doesNotContain("looked");
      page.browser.one("#settings summary").click();
      assertThat(page.browser.one("#sampling").isDisplayed()).isFalse();
    }
  }

  @Test
  void asksForTheKeyOfAServiceThatHasOne() throws IOException {
    try (CaptionServer locked =
        new CaptionServer(new ColourCaptions(), Servers.with("api-key=open sesame"))) {
      locked.start();
      page.open(locked.port());
      page.browser.await("document.getElementById('settings').open");
      assertThat(page.browser.text("#error")).contains("API key");
      page.browser.console(); // the refused request is in it
      page.browser.one("#key").sendKeys("open sesame", Keys.TAB);
      page.awaitLoaded();
      page.choose(page.red());
      page.awaitCards(1);
      assertThat(page.browser.one("#error").isDisplayed()).isFalse();
    }
  }

  @Test
  void showsTheInterfacesDescription() {
    page.browser.open("http://127.0.0.1:" + page.port() + "/docs");
    page.browser.await("document.querySelectorAll('.opblock').length === 16");
    page.browser.one("#operations-captions-post_v1_captions .opblock-summary-control").click();
    page.browser.await("document.querySelector('.parameters')");
  }
}
