package dev.segue.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All items, numbered from 0, with look-up by id and by title. Immutable and thread safe.
public final class Catalogue {
  private final List<Item> items;

  private Catalogue(List<Item> items) {
    this.items = List.copyOf(items);
  }

  /// Makes a catalogue; two items with one id are an error.
  public static Catalogue of(List<Item> items) {
    return new Catalogue(items);
  }

  /// Reads `catalogue.csv` of a directory written by [#write], or that file itself.
  public static Catalogue read(Path directoryOrFile) {
    throw new UnsupportedOperationException();
  }

  /// Writes `catalogue.csv`, with the unified columns `Item_ID, Title, Genre, Description,
  /// Popularity, Creator, Timestamp, Item_Type`, into a directory that is made if missing.
  public void write(Path directory) {
    throw new UnsupportedOperationException();
  }

  /// Returns the number of items.
  public int size() {
    return items.size();
  }

  /// Returns an item by number.
  public Item item(int index) {
    return items.get(index);
  }

  /// Returns all items in order of number.
  public List<Item> items() {
    return items;
  }

  /// Returns the number of the item with this id, or -1.
  public int indexOf(String id) {
    throw new UnsupportedOperationException();
  }

  /// Returns the domains in order of first appearance.
  public List<String> domains() {
    throw new UnsupportedOperationException();
  }

  /// Returns the share of the items of its domain that are at most as popular, 0 to 100.
  public double popularityPercentile(int index) {
    throw new UnsupportedOperationException();
  }

  /// Finds an item by its id, by its title, or by `<Domain>_<title>`; case and accents are ignored
  /// where nothing fits exactly.
  public Lookup find(String idOrTitle) {
    throw new UnsupportedOperationException();
  }

  /// Finds items whose title contains every word of the query, ignoring case and accents: titles
  /// that start with the query first, then the more popular. An empty query gives the most popular.
  ///
  /// @param domain only items of this domain, or null for all
  /// @param query words
  /// @param limit at most so many
  public List<Item> search(@Nullable String domain, String query, int limit) {
    throw new UnsupportedOperationException();
  }
}
