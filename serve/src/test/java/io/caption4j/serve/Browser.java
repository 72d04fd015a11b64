package io.caption4j.serve;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a camera that is not real. */
final class Browser implements AutoCloseable {
  private final Path folder;
  private final ChromeDriver driver;

  /** Starts one; the test is skipped where Chromium and its chromedriver are not installed. */
  static Browser start() throws IOException {
    Optional<Path> chromium = find("chromium");
    Optional<Path> chromedriver = find("chromedriver");
    assumeTrue(chromium.isPresent() && chromedriver.isPresent(), "no chromium on the PATH");
    // Not a @TempDir, whose test fails where Chromium still writes there while it ends.
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium");
    return new Browser(chromium.get(), chromedriver.get(), folder);
  }

  private Browser(Path chromium, Path chromedriver, Path folder) {
    this.folder = folder;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless",
        "--hide-scrollbars",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        "--user-data-dir=" + folder.resolve("profile"));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile()).build();
    driver = new ChromeDriver(service, options);
  }

  /** A program on the PATH. */
  private static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** For files that are chosen; it goes with the browser. */
  Path folder() {
    return folder;
  }

  void open(String url) {
    driver.get(url);
  }

  WebElement one(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  String text(String selector) {
    return one(selector).getText();
  }

  /** Moves the pointer there. */
  void hover(WebElement element) {
    new Actions(driver).moveToElement(element).perform();
  }

  /** Moves the pointer to a place within it, in shares of its sides. */
  void hoverAt(WebElement element, double across, double down) {
    int width = element.getSize().getWidth();
    int height = element.getSize().getHeight();
    new Actions(driver)
        .moveToElement(
            element,
            (int) Math.round((across - 0.5) * width),
            (int) Math.round((down - 0.5) * height))
        .perform();
  }

  /** Presses keys where the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** The value of a script that ends in {@code return}. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits until an expression holds, 30 seconds at most. */
  void await(String expression) {
    Waiting.until(
        () -> Boolean.TRUE.equals(run("return !!(" + expression + ")")),
        () -> expression + "\n" + console());
  }

  /** A command of the DevTools protocol. */
  void devtools(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** What the console has said since the last call: failures, and the policy's refusals. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      // Chromium still writes there: what is left lies in target and harms nobody.
    }
  }
}
