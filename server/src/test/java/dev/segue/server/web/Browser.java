package dev.segue.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/// A headless Chromium without a past: what the page shows, what it asks for, what it complains of.
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final ChromeDriver driver;
  private final ObjectMapper mapper = new ObjectMapper();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /// Opens a browser, or skips the test where none is installed.
  static Browser open(Path profile) {
    return new Browser(Chromium.start(profile));
  }

  /// Sets the size of the page in CSS pixels.
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void visit(URI uri) {
    driver.get(uri.toString());
  }

  void back() {
    driver.navigate().back();
  }

  String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  String title() {
    return String.valueOf(driver.getTitle());
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  void click(String selector) {
    await(
        "a click on " + selector,
        () -> {
          find(selector).click();
          return true;
        });
  }

  /// Presses keys in whatever has the focus.
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /// Empties a field as a person does and types into it.
  void type(String selector, String text) {
    WebElement field = find(selector);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    field.sendKeys(text);
  }

  /// Returns the visible texts of all elements, in the order of the page.
  List<String> texts(String selector) {
    // One look at the page: element by element it could change in between.
    Object texts =
        driver.executeScript(
            "return Array.from(document.querySelectorAll(arguments[0]))"
                + ".filter(e => e.checkVisibility()).map(e => e.innerText)",
            selector);
    return texts instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }

  /// Waits until the texts of all elements are as expected.
  void awaitTexts(String selector, List<String> expected) {
    await(selector + " to be " + expected, () -> texts(selector).equals(expected));
  }

  /// Waits until there are so many elements.
  void awaitCount(String selector, int count) {
    await(
        count + " of " + selector,
        () -> driver.findElements(By.cssSelector(selector)).size() == count);
  }

  /// Waits until an element shows a text.
  void awaitText(String selector, String part) {
    await(selector + " to show " + part, () -> find(selector).getText().contains(part));
  }

  /// Waits until something holds, and fails with its name.
  void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(30))
        .ignoring(StaleElementReferenceException.class)
        .ignoring(ElementNotInteractableException.class)
        .withMessage(what)
        .until(ignored -> condition.getAsBoolean());
  }

  /// Returns the value of a JavaScript expression.
  Object evaluate(String expression) {
    return String.valueOf(driver.executeScript("return " + expression));
  }

  /// Returns the value of a JavaScript expression that is a whole number.
  int number(String expression) {
    return Integer.parseInt(String.valueOf(evaluate(expression)));
  }

  /// Checks that the page never complained on the console.
  void assertNoConsoleErrors() {
    assertThat(consoleErrors()).isEmpty();
  }

  /// Returns the complaints on the console since the last call.
  List<String> consoleErrors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /// Returns the addresses of all requests since the last call.
  List<URI> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> tree(entry.getMessage()).path("message"))
        .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
        .map(message -> URI.create(message.at("/params/request/url").asText()))
        .toList();
  }

  /// Saves the page, in its full height, as `target/screenshots/<name>.png`.
  void screenshot(String name) throws IOException {
    Map<String, Object> reply =
        driver.executeCdpCommand(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Files.createDirectories(SCREENSHOTS);
    byte[] png = Base64.getDecoder().decode(String.valueOf(reply.get("data")));
    Files.write(SCREENSHOTS.resolve(name + ".png"), png);
  }

  private JsonNode tree(String json) {
    try {
      return mapper.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
