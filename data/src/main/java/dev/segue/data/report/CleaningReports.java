package dev.segue.data.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.segue.data.CleaningAction;
import dev.segue.data.CleaningReport;
import dev.segue.data.DataException;
import dev.segue.data.SourceCleaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the cleaning report that lies beside a catalogue.
public final class CleaningReports {
  private static final JsonFactory JSON = new JsonFactory();

  private CleaningReports() {}

  /// Returns the report of a directory, or null where it has none.
  ///
  /// @throws DataException when there is one that cannot be read
  public static @Nullable CleaningReport read(Path directory) {
    Path file = directory.resolve(CleaningReport.FILE_NAME);
    if (!Files.exists(file)) {
      return null;
    }
    try (JsonParser json = JSON.createParser(Files.readString(file))) {
      json.nextToken();
      List<SourceCleaning> sources = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (json.currentName().equals("sources")) {
          readList(json, sources, CleaningReports::source);
        } else {
          json.nextToken();
          json.skipChildren();
        }
      }
      return new CleaningReport(sources);
    } catch (IOException e) {
      throw new DataException(
          "%s: not a cleaning report: %s"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  /// Reads one element of a list, its opening brace already taken.
  @FunctionalInterface
  private interface Element<T> {
    T read(JsonParser json) throws IOException;
  }

  private static <T> void readList(JsonParser json, List<T> into, Element<T> element)
      throws IOException {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw new IOException("expected a list, got " + json.currentToken());
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      into.add(element.read(json));
    }
  }

  private static SourceCleaning source(JsonParser json) throws IOException {
    String domain = "";
    String file = "";
    int rowsRead = 0;
    int itemsKept = 0;
    List<CleaningAction> actions = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case "domain" -> domain = json.nextTextValue();
        case "file" -> file = json.nextTextValue();
        case "rowsRead" -> rowsRead = json.nextIntValue(0);
        case "itemsKept" -> itemsKept = json.nextIntValue(0);
        case "actions" -> readList(json, actions, CleaningReports::action);
        default -> skip(json);
      }
    }
    return new SourceCleaning(domain, file, rowsRead, itemsKept, actions);
  }

  private static CleaningAction action(JsonParser json) throws IOException {
    String name = "";
    int count = 0;
    String example = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      switch (json.currentName()) {
        case "name" -> name = json.nextTextValue();
        case "count" -> count = json.nextIntValue(0);
        case "example" -> example = json.nextTextValue();
        default -> skip(json);
      }
    }
    return new CleaningAction(name, count, example);
  }

  private static void skip(JsonParser json) throws IOException {
    json.nextToken();
    json.skipChildren();
  }
}
