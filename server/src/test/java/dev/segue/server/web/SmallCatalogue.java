package dev.segue.server.web;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Catalogues of invented items for the tests of the server.
final class SmallCatalogue {
  /// A title that would run, were it ever taken for HTML.
  static final String HOSTILE_TITLE = "<img src=x onerror=\"document.title='owned'\">&amp;";

  /// An id with every character that needs care in a path.
  static final String AWKWARD_ID = "Book_Either/Or: 100% \\ \"why?\" #1 ; ü..";

  /// More names than any line has room for.
  static final String LONG_CREATOR =
      "Lavinia Brandenburger-Cavendish with Maximilian Featherstonehaugh and A. Wolverhampton";

  private SmallCatalogue() {}

  /// Returns ten movies, ten tracks and ten books, among them two films of one title.
  static Catalogue make() {
    List<Item> items = new ArrayList<>();
    items.add(item("Movie_Night Ferry (1961)", "Night Ferry", "Movie", "Drama", "R. Lowe", 70));
    items.add(item("Movie_Night Ferry (2004)", "Night Ferry", "Movie", "Thriller", "I. Sato", 60));
    items.add(item("Movie_Iron Orchard", "Iron Orchard", "Movie", "Drama", "R. Lowe", 90));
    items.add(item("Movie_Café Polar", "Café Polar", "Movie", "Comedy", LONG_CREATOR, 80));
    addNumbered(items, "Movie", "Harbour Lights", "Thriller", 6);
    items.add(item("Music_t0001", "Slow Tide", "Music", "ambient", "The Lamps", 55));
    items.add(item("Music_t0002", "Copper Wire", "Music", "rock", "The Lamps; Ada", 65));
    addNumbered(items, "Music", "Blue Static", "electronic", 8);
    items.add(item("Book_" + HOSTILE_TITLE, HOSTILE_TITLE, "Book", "Horror", "Mallory", 40));
    items.add(item(AWKWARD_ID, "Either/Or", "Book", "Philosophy", "S. Kerr", 30));
    addNumbered(items, "Book", "The Salt Archive", "Fantasy", 8);
    return Catalogue.of(items);
  }

  /// Returns a catalogue of movies, tracks and books with distinct titles of a few words.
  static Catalogue generated(int size) {
    String[] first = {"Silent", "Crimson", "Paper", "Northern", "Hollow", "Electric", "Last"};
    String[] second = {"River", "Garden", "Machine", "Letter", "Winter", "Signal", "Harvest"};
    String[] genres = {"Drama", "Rock", "Fantasy", "Comedy", "Jazz", "History"};
    String[] domains = {"Movie", "Music", "Book"};
    return Catalogue.of(
        IntStream.range(0, size)
            .mapToObj(i -> {
              String domain = domains[i % 3];
              String title = first[i % 7] + " " + second[i / 7 % 7] + " " + i;
              String genre = genres[i / 3 % 6];
              return item(domain + "_" + title, title, domain, genre, "Maker " + i % 997, i % 101);
            })
            .toList());
  }

  private static void addNumbered(
      List<Item> items, String domain, String title, String genre, int count) {
    for (int i = 1; i <= count; i++) {
      String numbered = title + " " + i;
      items.add(item(domain + "_" + numbered, numbered, domain, genre, "Maker " + i, 50 - i));
    }
  }

  private static Item item(
      String id, String title, String domain, String genre, String creator, double popularity) {
    return new Item(
        id, title, domain, List.of(genre), "About " + title, popularity, creator, "2001-05-04");
  }
}
