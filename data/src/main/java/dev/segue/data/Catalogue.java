package dev.segue.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// All items, numbered from 0, with look-up by id and by title. Immutable and thread safe.
public final class Catalogue {
  private final ItemSource source;

  /// Made when something is first asked for that takes all items to answer.
  private volatile @Nullable Whole whole;

  /// Made when a title is first asked for: most uses never do, and it takes most of the time and
  /// memory of a catalogue.
  private volatile @Nullable Titles titles;

  private record Whole(List<Item> items, List<String> domains, double[] percentiles) {}

  private record Titles(TitleIndex index, TitleSearch search) {}

  private Catalogue(ItemSource source) {
    this.source = source;
  }

  /// Makes a catalogue; two items with one id are a [DataException].
  public static Catalogue of(List<Item> items) {
    Catalogue catalogue = new Catalogue(new ItemList(items));
    catalogue.whole();
    return catalogue;
  }

  /// Makes a catalogue whose items are made when they are asked for. [#size], [#item] and
  /// [#indexOf] take no more than the source does; the first use of anything else makes all items.
  public static Catalogue of(ItemSource source) {
    return new Catalogue(source);
  }

  /// Reads `catalogue.csv` of a directory written by [#write], or that file itself.
  public static Catalogue read(Path directoryOrFile) {
    return of(CatalogueFile.read(directoryOrFile));
  }

  /// Writes `catalogue.csv`, with the unified columns `Item_ID, Title, Genre, Description,
  /// Popularity, Creator, Timestamp, Item_Type`, into a directory that is made if missing.
  public void write(Path directory) {
    CatalogueFile.write(items(), directory);
  }

  /// Returns the number of items.
  public int size() {
    return source.size();
  }

  /// Returns an item by number.
  public Item item(int index) {
    Whole made = whole;
    return made == null ? source.item(index) : made.items().get(index);
  }

  /// Returns all items in order of number.
  public List<Item> items() {
    return whole().items();
  }

  /// Returns the number of the item with this id, or -1.
  public int indexOf(String id) {
    return source.indexOf(id);
  }

  /// Returns the domains in order of first appearance.
  public List<String> domains() {
    return whole().domains();
  }

  /// Returns the share of the items of its domain that are at most as popular, 0 to 100.
  public double popularityPercentile(int index) {
    return whole().percentiles()[index];
  }

  /// Finds an item by its id, by its title, or by `<Domain>_<title>`; case and accents are ignored
  /// where nothing fits exactly.
  public Lookup find(String idOrTitle) {
    return find(idOrTitle, true);
  }

  /// Finds as [#find] does, but names no similar items to an unknown title: quick whatever is asked
  /// for, where a request or a file names many items.
  public Lookup findQuickly(String idOrTitle) {
    return find(idOrTitle, false);
  }

  /// Finds items whose title contains every word of the query, ignoring case and accents: the title
  /// that is the query first, then titles that start with it, then those where its words start
  /// words; the more popular (by percentile) first in each group. An empty query gives the most
  /// popular.
  ///
  /// @param domain only items of this domain, or null for all
  /// @param query words
  /// @param limit at most so many
  public List<Item> search(@Nullable String domain, String query, int limit) {
    return titles().search().search(domain, query, limit);
  }

  private Whole whole() {
    Whole made = whole;
    if (made == null) {
      synchronized (this) {
        made = whole;
        if (made == null) {
          List<Item> items = source.items();
          List<String> domains = items.stream().map(Item::domain).distinct().toList();
          made = new Whole(items, domains, percentiles(items));
          whole = made;
        }
      }
    }
    return made;
  }

  private Titles titles() {
    Titles made = titles;
    if (made == null) {
      synchronized (this) {
        made = titles;
        if (made == null) {
          made = makeTitles();
          titles = made;
        }
      }
    }
    return made;
  }

  private Titles makeTitles() {
    List<Item> items = items();
    double[] percentiles = whole().percentiles();
    List<String> folded = items.stream().map(item -> FoldedText.of(item.title())).toList();
    int[] byPopularity =
        IntStream.range(0, items.size())
            .boxed()
            .sorted((a, b) -> Double.compare(percentiles[b], percentiles[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Titles(
        new TitleIndex(items, folded, byPopularity), new TitleSearch(items, folded, byPopularity));
  }

  private Lookup find(String idOrTitle, boolean namesSimilar) {
    int index = indexOf(idOrTitle);
    return index >= 0
        ? new Lookup.Found(index, item(index))
        : titles().index().find(idOrTitle, namesSimilar);
  }

  private static double[] percentiles(List<Item> items) {
    Map<String, double[]> sorted =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    Item::domain,
                    Collectors.collectingAndThen(Collectors.toList(), Catalogue::popularities)));
    double[] percentiles = new double[items.size()];
    for (int i = 0; i < percentiles.length; i++) {
      double[] ofDomain = sorted.getOrDefault(items.get(i).domain(), new double[0]);
      percentiles[i] = 100.0 * countAtMost(ofDomain, items.get(i).popularity()) / ofDomain.length;
    }
    return percentiles;
  }

  private static double[] popularities(List<Item> items) {
    return items.stream().mapToDouble(Item::popularity).sorted().toArray();
  }

  private static int countAtMost(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
