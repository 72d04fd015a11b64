package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The page of a server under test, open in a browser before each test; after it the console must
 * hold no error. Tests are skipped where there is no browser.
 */
final class Page
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  Browser browser; // from before the first test
  private CaptionServer server;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    browser = Browser.start();
    server = new CaptionServer(new ColourCaptions(), Servers.SETTINGS);
    server.start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    open(server.port());
    awaitLoaded();
  }

  /** The console tells of scripts that fail, requests that fail and the policy's refusals. */
  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(browser.console()).isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** The server's. */
  int port() {
    return server.port();
  }

  /** Opens the page of another server, or of one that stands before it. */
  void open(int port) {
    browser.open("http://127.0.0.1:" + port + "/");
  }

  /** Returns once the service has told what it is. */
  void awaitLoaded() {
    browser.await("document.getElementById('model').textContent !== ''");
  }

  /** A file that can be chosen. */
  String picture(String name, byte[] content) throws IOException {
    return Files.write(browser.folder().resolve(name), content).toString();
  }

  /** A red picture that can be chosen. */
  String red() throws IOException {
    return picture("red.png", Pictures.plain(Color.RED, "png"));
  }

  void choose(String... files) {
    browser.one("#file").sendKeys(String.join("\n", files));
  }

  /** Returns once so many cards are done. */
  void awaitCards(int done) {
    browser.await("document.querySelectorAll('.card[data-state=done]').length === " + done);
  }

  /** The best caption of the only card, as one line. */
  String best() {
    return browser.one(".best").getDomProperty("textContent");
  }

  /** The strongest position of the heat map, or -1 if there is none to see. */
  long looked() {
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
}
