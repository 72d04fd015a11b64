package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page for those who use no mouse, see no picture, or have a small screen. */
@Timeout(300)
class AccessibleBrowserTest {
  @RegisterExtension static final Page page = new Page();

  @Test
  void isUsedByTheKeyboardAlone() throws IOException {
    page.browser.press(Keys.TAB); // the link that skips
    page.browser.press(Keys.TAB); // the interface's description
    page.browser.press(Keys.TAB);
    assertThat(page.browser.run("return document.activeElement.id")).isEqualTo("file");
    assertThat(page.browser.one("#drop").getCssValue("outline-style")).isEqualTo("solid");
    page.choose(page.red());
    page.awaitCards(1);
    page.browser.run("document.querySelector('.best .word').focus()");
    assertThat(page.looked()).isZero();
    page.browser.press(Keys.ARROW_RIGHT);
    assertThat(page.browser.run("return document.activeElement.textContent")).isEqualTo("red");
    assertThat(page.looked()).isEqualTo(1);
    page.browser.press(Keys.END);
    assertThat(page.looked()).isEqualTo(2);
    page.browser.press(Keys.TAB);
    assertThat(page.looked()).isNotEqualTo(2);
  }

  @Test
  void keepsTheKeyboardsPlaceWhenAPictureIsRemoved() throws IOException {
    byte[] red = Pictures.redJpeg();
    page.choose(
        page.picture("third.jpg", red),
        page.picture("second.jpg", red),
        page.picture("first.jpg", red)); // the last comes first
    page.awaitCards(3);
    page.browser.run("document.querySelector('.card:first-child .remove').focus()");
    page.browser.press(Keys.ENTER);
    assertThat(focused("aria-label")).isEqualTo("Remove second.jpg");
    page.browser.run("document.querySelector('.card:last-child .remove').focus()");
    page.browser.press(Keys.ENTER);
    assertThat(focused("aria-label")).isEqualTo("Remove second.jpg");
    page.browser.press(Keys.ENTER);
    assertThat(focused("id")).isEqualTo("file");
  }

  private static Object focused(String attribute) {
    return page.browser.run("return document.activeElement.getAttribute(arguments[0])", attribute);
  }

  /** What a screen reader finds: every control has a name, every picture a text. */
  @Test
  void namesEverythingThatCanBeUsed() throws IOException {
    page.choose(page.red());
    page.awaitCards(1);
    page.browser.one("#settings summary").click();
    for (WebElement control : page.browser.all("button, input, a, summary")) {
      if (control.isDisplayed()) {
        assertThat(control.getAccessibleName()).as(control.getAttribute("outerHTML")).isNotBlank();
      }
    }
    assertThat(page.browser.one("#status").getAriaRole()).isEqualTo("status");
    assertThat(page.browser.one("main").getAriaRole()).isEqualTo("main");
  }

  /** Also leaves pictures of the page in target/screenshots, for people. */
  @Test
  void fitsScreensAndTheirTastes() throws IOException {
    page.choose(page.picture("red.jpg", Pictures.redJpeg()));
    page.awaitCards(1);
    String light = look("light", 1280, 800);
    String dark = look("dark", 1280, 800);
    look("light", 360, 740);
    look("dark", 820, 1180);
    assertThat(light).isNotEqualTo(dark);
    page.browser.devtools("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /** The page's ground colour at a size and in a scheme; nothing may be wider than the screen. */
  private static String look(String scheme, int width, int height) throws IOException {
    Object feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    page.browser.devtools("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    page.browser.devtools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    page.browser.screenshot(Path.of("target", "screenshots", scheme + "-" + width + ".png"));
    assertThat((Long) page.browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
    return (String) page.browser.run("return getComputedStyle(document.body).backgroundColor");
  }
}
