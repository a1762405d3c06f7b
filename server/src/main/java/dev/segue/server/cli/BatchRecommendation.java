package dev.segue.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.data.Lookup;
import dev.segue.engine.Recommendation;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import dev.segue.engine.SessionEvent;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Answers a file of sessions, one JSON object a line, in order and in bounded memory: some
/// thousand lines at a time, on all processors. A line that cannot be understood stops it, and then
/// nothing is written.
final class BatchRecommendation {
  /// As many items of one title are named.
  private static final int CANDIDATES = 10;

  private static final int LINES_AT_A_TIME = 2048;
  private static final ObjectReader JSON =
      new ObjectMapper()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Recommender recommender;
  private final RecommendationQuery query;

  BatchRecommendation(Recommender recommender, RecommendationQuery query) {
    this.recommender = recommender;
    this.query = query;
  }

  /// What was done.
  ///
  /// @param sessions answered
  /// @param withUnknown sessions with items that are in no catalogue
  /// @param withAmbiguous sessions with titles that several items have
  /// @param seconds time of reading, answering and writing
  record Summary(long sessions, long withUnknown, long withAmbiguous, double seconds) {
    /// Returns it as a line.
    String describe(Path output) {
      String left =
          part(withUnknown, "unknown items (see \"unknown\")")
              + part(withAmbiguous, "ambiguous titles (see \"ambiguous\")");
      return String.format(
          Locale.ROOT,
          "Answered %,d sessions in %.1f s (%,.0f sessions/s)%s; wrote %s.",
          sessions,
          seconds,
          sessions / Math.max(seconds, 1e-3),
          left,
          output);
    }

    private static String part(long sessions, String what) {
      return sessions == 0
          ? ""
          : String.format(Locale.ROOT, ", %,d of them with %s", sessions, what);
    }
  }

  private record Line(Path file, long number, String text) {}

  private record Answer(String text, boolean hasUnknown, boolean hasAmbiguous) {}

  /// Answers all lines of `input` in `output`.
  Summary run(Path input, Path output) throws IOException {
    long start = System.nanoTime();
    long[] counts = new long[3];
    try (BufferedReader reader = Files.newBufferedReader(input)) {
      OutputFile.write(output, writer -> answerAll(input, reader, writer, counts));
    }
    return new Summary(counts[0], counts[1], counts[2], (System.nanoTime() - start) / 1e9);
  }

  private void answerAll(Path input, BufferedReader reader, BufferedWriter writer, long[] counts)
      throws IOException {
    long number = 0;
    List<Line> lines = new ArrayList<>(LINES_AT_A_TIME);
    boolean more = true;
    while (more) {
      String text = read(reader, input, ++number);
      more = text != null;
      if (text != null && !text.isBlank()) {
        lines.add(new Line(input, number, text));
      }
      if (!more || lines.size() == LINES_AT_A_TIME) {
        for (Answer answer : lines.parallelStream().map(this::answer).toList()) {
          writer.append(answer.text()).append('\n');
          counts[0]++;
          counts[1] += answer.hasUnknown() ? 1 : 0;
          counts[2] += answer.hasAmbiguous() ? 1 : 0;
        }
        lines.clear();
      }
    }
  }

  private static @Nullable String read(BufferedReader reader, Path input, long number)
      throws IOException {
    try {
      return reader.readLine();
    } catch (CharacterCodingException e) {
      throw new UserMistake(
          "%s:%d: not UTF-8 text, expected a JSON object a line".formatted(input, number));
    }
  }

  private Answer answer(Line line) {
    JsonNode request = parse(line);
    List<SessionEvent> events = new ArrayList<>();
    List<Lookup.Ambiguous> ambiguous = new ArrayList<>();
    for (JsonNode item : request.path("items")) {
      SessionEvent event = event(line, item, ambiguous);
      if (event != null) {
        events.add(event);
      }
    }
    Recommendation recommended = recommender.recommend(events, query);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (request.has("id")) {
      answer.set("id", request.get("id"));
    }
    answer.setAll(RecommendationJson.node(recommended, false));
    if (!ambiguous.isEmpty()) {
      ArrayNode titles = answer.putArray("ambiguous");
      for (Lookup.Ambiguous title : ambiguous) {
        ArrayNode ids = titles.addObject().put("item", title.text()).putArray("candidates");
        title.candidates().stream().limit(CANDIDATES).forEach(item -> ids.add(item.id()));
      }
    }
    return new Answer(
        answer.toString(), !recommended.unknownItems().isEmpty(), !ambiguous.isEmpty());
  }

  private static JsonNode parse(Line line) {
    JsonNode node;
    try {
      node = JSON.readTree(line.text());
    } catch (JsonProcessingException e) {
      throw mistake(line, "not JSON: " + e.getOriginalMessage());
    }
    if (!node.path("items").isArray()) {
      throw mistake(line, "expected {\"id\": …, \"items\": [id, …]}, got " + shorten(line.text()));
    }
    return node;
  }

  /// An item is an id or a title, alone or with what else is known, as in the HTTP API. A title
  /// that several items have is left out, since a guess would be a click that nobody made.
  private @Nullable SessionEvent event(Line line, JsonNode item, List<Lookup.Ambiguous> ambiguous) {
    JsonNode id = item.isObject() ? item.path("id") : item;
    if (!id.isTextual() && !id.isNumber()) {
      throw mistake(line, "items: expected ids or titles, got " + item);
    }
    String named = id.asText();
    if (recommender.items().indexOf(named) < 0) {
      switch (recommender.items().findQuickly(named)) {
        case Lookup.Found found -> named = found.item().id();
        case Lookup.Ambiguous several -> {
          ambiguous.add(several);
          return null;
        }
        case Lookup.Unknown none -> {}
      }
    }
    return new SessionEvent(
        named,
        item.path("action").asText("Clicked"),
        item.path("dwellMillis").asLong(-1),
        item.path("time").asLong(-1));
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static UserMistake mistake(Line line, String what) {
    return new UserMistake("%s:%d: %s".formatted(line.file(), line.number(), what));
  }
}
