package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page and streams of captions that do not come to their end. */
@Timeout(300)
class StreamBrowserTest {
  @RegisterExtension static final Page page = new Page();

  @ParameterizedTest
  @EnumSource
  void tellsThatAStreamBrokeOff(StreamCutter.End end) throws IOException {
    try (StreamCutter cutter = new StreamCutter(page.port(), end)) {
      page.open(cutter.port());
      page.awaitLoaded();
      page.choose(page.red());
      page.browser.await("document.querySelector('.card:not(.busy)')");
      assertThat(page.browser.one(".card").getAttribute("data-state")).isEqualTo("failed");
      assertThat(page.browser.text(".answer"))
          .isEqualTo("The service does not answer. Is it still running?");
      page.browser.console(); // the browser tells there of the lost connection
    }
  }

  @Test
  void leavesAPictureThatIsCaptionedAgainToTheSecondRun() throws Exception {
    page.browser.run(
        """
        const seen = new MutationObserver(() => {
          if (document.querySelector('.best .word')) {
            seen.disconnect();
            window.fetch = () => new Promise(() => {}); // the second run waits
            document.getElementById('again').click();
            window.again = true;
          }
        });
        seen.observe(document.getElementById('gallery'), {childList: true, subtree: true});
        """);
    page.choose(page.red());
    page.browser.await("window.again");
    Thread.sleep(500); // several times the first run's pause between two words
    assertThat(page.browser.all(".card[data-state]")).isEmpty();
    assertThat(page.browser.all(".card.busy")).hasSize(1);
    assertThat(page.browser.text(".answer")).startsWith("Looking");
  }
}
