package dev.segue.server.cli;

import dev.segue.data.Item;
import dev.segue.engine.Recommender;
import dev.segue.engine.SimilarItem;
import dev.segue.engine.SimilarItems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `segue similar`.
@Command(
    name = "similar",
    customSynopsis = "segue similar --catalogue DIR|--model MODELDIR --item ITEM [OPTIONS]",
    description = {
      "Shows the items whose content is nearest to an item's, and what they share with it.",
      "",
      "Two lists: within the item's domain and across domains. Content is genre, creator and"
          + " description; no model is needed. With a model that has a GRU, two more lists: the"
          + " items that the same sessions lead to."
    },
    footer = {
      "",
      "Examples:",
      "  segue similar --catalogue catalogue --item \"Movie_Creed III\" -k 10",
      "  segue similar --catalogue catalogue --item Dune --domain Book --json",
      "  segue similar --model model --item Dune"
    })
final class SimilarCommand implements Callable<Integer> {
  private static final int REASONS = 5;
  private static final String SHARES_NOTHING = "nothing shares content with it";

  /// What cleaning writes where a source names no creator.
  private static final String NO_CREATOR = "Not Available";

  @Mixin private RecommenderOptions recommenderOptions = new RecommenderOptions();

  @Option(
      names = "--item",
      required = true,
      paramLabel = "ITEM",
      description = "The item, by id or by an unambiguous title.")
  private String item = "";

  @Option(
      names = "-k",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many items in each list. Default: ${DEFAULT-VALUE}.")
  private int k;

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "Only items of this domain, such as Movie; may be repeated.")
  private List<String> domains = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object instead of lists.")
  private boolean json;

  private final Terminal terminal;

  SimilarCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (k < 1) {
      throw new UserMistake("-k: expected at least 1, got " + k);
    }
    try (Recommender recommender = recommenderOptions.load()) {
      Set<String> wanted = new HashSet<>();
      for (String domain : domains) {
        wanted.add(DomainArgument.resolve(recommender.items(), domain));
      }
      String id = ItemArgument.resolve(recommender.items(), item);
      SimilarItems content = recommender.similar(id, k, wanted);
      SimilarItems learned =
          recommenderOptions.hasModel() ? recommender.similarByModel(id, k, wanted) : null;
      if (json) {
        terminal.print(SimilarJson.node(content, learned).toString());
      } else {
        print(content, learned, wanted);
      }
    }
    return 0;
  }

  private void print(SimilarItems similar, @Nullable SimilarItems learned, Set<String> wanted) {
    String own = similar.item().domain();
    boolean asksWithin = wanted.isEmpty() || wanted.contains(own);
    boolean asksAcross = wanted.isEmpty() || wanted.stream().anyMatch(name -> !name.equals(own));
    terminal.print("Similar to [%s] %s:".formatted(own, named(similar.item())));
    if (asksWithin) {
      printList("Within " + own, similar.within(), SHARES_NOTHING);
    }
    if (asksAcross) {
      printList("Across domains", similar.across(), SHARES_NOTHING);
    }
    if (learned != null && asksWithin) {
      printList("By the model, within " + own, learned.within(), "none");
    }
    if (learned != null && asksAcross) {
      printList("By the model, across domains", learned.across(), "none");
    }
  }

  private void printList(String heading, List<SimilarItem> items, String otherwise) {
    terminal.print("");
    terminal.print(heading + (items.isEmpty() ? ": " + otherwise : ":"));
    int number = 0;
    for (SimilarItem similar : items) {
      terminal.print(
          String.format(
              Locale.ROOT,
              "%d. [%s] %s (%.2f)%s",
              ++number,
              similar.item().domain(),
              named(similar.item()),
              similar.similarity(),
              similar.shared().isEmpty()
                  ? ""
                  : " shares: " + String.join(", ", similar.reasons(REASONS))));
    }
  }

  private static String named(Item item) {
    boolean isByNobody = item.creator().isEmpty() || item.creator().equals(NO_CREATOR);
    return isByNobody ? item.title() : item.title() + " — " + item.creator();
  }
}
