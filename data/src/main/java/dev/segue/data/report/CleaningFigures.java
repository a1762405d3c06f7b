package dev.segue.data.report;

import dev.segue.data.CleaningAction;
import dev.segue.data.Item;
import dev.segue.data.SourceCleaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads missing values and duplicates out of what cleaning wrote down.
final class CleaningFigures {
  /// What cleaning puts in the place of an empty value, by unified column.
  private static final Map<String, String> STAND_INS =
      Map.of(
          "Title", "Untitled",
          "Genre", "Unknown",
          "Description", "No Description Available",
          "Creator", "Not Available");

  private CleaningFigures() {}

  static List<MissingValues> missing(List<Item> items, @Nullable SourceCleaning cleaning) {
    List<MissingValues> missing = new ArrayList<>();
    missing.add(column("Title", items, cleaning, Item::title));
    missing.add(column("Genre", items, cleaning, Item::genre));
    missing.add(column("Description", items, cleaning, Item::description));
    missing.add(column("Creator", items, cleaning, Item::creator));
    missing.add(column("Timestamp", items, cleaning, Item::timestamp));
    return missing;
  }

  private static MissingValues column(
      String name,
      List<Item> items,
      @Nullable SourceCleaning cleaning,
      Function<Item, String> value) {
    long after = items.stream().filter(item -> value.apply(item).isBlank()).count();
    String standIn = STAND_INS.get(name);
    if (standIn == null) {
      return new MissingValues(name, after, after);
    }
    // Without a report the words themselves are the only trace of what was filled in.
    long filled =
        cleaning == null
            ? items.stream().filter(item -> value.apply(item).equals(standIn)).count()
            : sum(cleaning, action -> action.endsWith("set to " + standIn));
    return new MissingValues(name, after + filled, after);
  }

  static Duplicates duplicates(List<Item> items, @Nullable SourceCleaning cleaning) {
    Map<String, Long> titles =
        items.stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    Item::title, java.util.stream.Collectors.counting()));
    long shared = titles.values().stream().filter(count -> count > 1).mapToLong(c -> c).sum();
    if (cleaning == null) {
      return new Duplicates(0, 0, 0, 0, shared);
    }
    long left = sum(cleaning, action -> action.startsWith("row left out"));
    long repeated = sum(cleaning, action -> action.startsWith("row left out: repeats"));
    long joined = sum(cleaning, action -> action.startsWith("row joined"));
    return new Duplicates(cleaning.rowsRead(), repeated, joined, left - repeated, shared);
  }

  private static long sum(SourceCleaning cleaning, Predicate<String> which) {
    return cleaning.actions().stream()
        .filter(action -> which.test(action.name()))
        .mapToLong(CleaningAction::count)
        .sum();
  }
}
