package dev.segue.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.Recommendation;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import dev.segue.engine.ScoredItem;
import dev.segue.engine.SessionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue recommend`.
@Command(
    name = "recommend",
    customSynopsis = {
      "segue recommend --model MODELDIR [--session ITEM]... [OPTIONS]",
      "       segue recommend --model MODELDIR --input FILE --output FILE [OPTIONS]"
    },
    description = {
      "Recommends the next items of a session, or of every session of a file.",
      "",
      "Items are named by id or by an unambiguous title. Without a session: what is popular."
    },
    footer = {
      "",
      "Examples:",
      "  segue recommend --model model --session \"Movie_Creed III\" --session \"Yellow\" -k 5",
      "  segue recommend --catalogue catalogue --session \"Dune\" --domain Book",
      "  segue recommend --model model --input sessions.jsonl --output top.jsonl -k 20",
      "",
      "A line of the input:  {\"id\": \"s1\", \"items\": [\"Movie_Heat\", \"Book_Dune\"]}",
      "A line of the output: {\"id\": \"s1\", \"items\": [{\"id\": \"Movie_Ronin\", \"score\": 3.2}, ...]}"
    })
final class RecommendCommand implements Callable<Integer> {
  @Mixin private RecommenderOptions recommenderOptions = new RecommenderOptions();

  @Option(
      names = "--session",
      paramLabel = "ITEM",
      description = "An item of the session, by id or title; repeated, in order.")
  private List<String> session = new ArrayList<>();

  @Mixin private QueryOptions queryOptions = new QueryOptions();

  @Option(names = "--json", description = "Print one JSON object instead of a list.")
  private boolean json;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Sessions to answer, one JSON object a line.")
  private @Nullable Path input;

  @Option(names = "--output", paramLabel = "FILE", description = "Where the answers go.")
  private @Nullable Path output;

  private final Terminal terminal;

  RecommendCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    checkOptions();
    try (Recommender recommender = recommenderOptions.load()) {
      RecommendationQuery query = queryOptions.read(recommender.items());
      if (input != null && output != null) {
        BatchRecommendation batch = new BatchRecommendation(recommender, query);
        terminal.tell(batch.run(input, output).describe(output));
      } else {
        answer(recommender, query);
      }
    }
    return 0;
  }

  private void checkOptions() {
    if ((input == null) != (output == null)) {
      throw new UserMistake("--input and --output belong together, got only one of them");
    }
    if (input != null && !session.isEmpty()) {
      throw new UserMistake("--session and --input exclude each other, got both");
    }
  }

  private void answer(Recommender recommender, RecommendationQuery query) {
    List<SessionEvent> events = new ArrayList<>();
    for (String item : session) {
      events.add(SessionEvent.click(ItemArgument.resolve(recommender.items(), item)));
    }
    Recommendation answer = recommender.recommend(events, query);
    if (json) {
      ObjectNode node = RecommendationJson.node(answer, true);
      terminal.print(node.toString());
      return;
    }
    int number = 0;
    for (ScoredItem scored : answer.items()) {
      terminal.print(line(++number, scored));
    }
    if (answer.items().size() < query.k()) {
      terminal.tell("Only %d items fit.".formatted(answer.items().size()));
    }
  }

  private static String line(int number, ScoredItem scored) {
    return String.format(
        Locale.ROOT, "%d. %s (%.3f)", number, ItemText.line(scored.item()), scored.score());
  }
}
