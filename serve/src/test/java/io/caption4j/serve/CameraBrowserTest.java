package io.caption4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page and the camera, which is not real. */
@Timeout(300)
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
    assertCameraIsOff();
  }

  private static void assertCameraIsOff() {
    assertThat(page.browser.run("return document.getElementById('view').srcObject")).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staysOffIfTheDialogIsClosedWhileTheBrowserAsks(boolean byKey) {
    page.browser.run(
        """
        const devices = navigator.mediaDevices;
        const granted = devices.getUserMedia.bind(devices);
        devices.getUserMedia = async (wanted) => {
          await new Promise((grant) => { window.grant = grant; });
          window.stream = await granted(wanted);
          return window.stream;
        };
        """);
    page.browser.one("#photograph").click();
    page.browser.await("window.grant");
    if (byKey) {
      page.browser.press(Keys.ESCAPE);
    } else {
      page.browser.one("#camera-close").click();
    }
    page.browser.await("!document.getElementById('camera').open");
    page.browser.run("window.grant()");
    page.browser.await(
        "window.stream && window.stream.getTracks().every((t) => t.readyState === 'ended')");
    assertCameraIsOff();
    assertThat(page.browser.all(".card")).isEmpty();
  }

  @Test
  void goesOffWithTheDialog() {
    page.browser.one("#photograph").click();
    page.browser.await("document.getElementById('view').videoWidth > 0");
    page.browser.run("window.track = document.getElementById('view').srcObject.getTracks()[0]");
    page.browser.press(Keys.ESCAPE);
    page.browser.await("window.track.readyState === 'ended'");
    assertCameraIsOff();
    assertThat(page.browser.all(".card")).isEmpty();
  }

  @Test
  void saysThatThereIsNoCamera() {
    page.browser.run("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error())");
    page.browser.one("#photograph").click();
    page.browser.await("!document.getElementById('camera-error').hidden");
    assertThat(page.browser.text("#camera-error")).contains("no camera");
    assertThat(page.browser.one("#shoot").isEnabled()).isFalse();
    page.browser.one("#camera-close").click();
    page.browser.await("!document.getElementById('camera').open");
  }
}
