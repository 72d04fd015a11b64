package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page and the camera, which is not real. */
@Timeout(120)
class CameraBrowserTest {
  @RegisterExtension static final Page page = new Page();

  @Test
  void captionsAPhotograph() {
    page.browser.one("#photograph").click();
    page.browser.await("document.getElementById('view').videoWidth > 0");
    page.browser.one("#shoot").click();
    page.awaitCards(1);
    assertThat(page.browser.text(".name")).isEqualTo("photograph.jpg");
    assertThat(page.best()).endsWith("picture");
    assertThat(page.browser.one("#camera").isDisplayed()).isFalse();
  }
}
