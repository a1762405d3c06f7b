package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.List;

/// Nine items of three domains for tests; their genres, creators and words cross domains.
final class SmallItems {
  static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              item("Movie_Rocket", 90, "Sci-Fi, Action", "Ann Lee", "A pilot flies to the moon."),
              item("Movie_Orbit", 80, "Science Fiction", "Bob Ray", "Two engineers orbit Mars."),
              item("Movie_Kiss", 70, "Romance", "Cid Fox", "Lovers meet in Paris in spring."),
              item("Music_m1", 60, "romance, pop", "Dua; Eve", ""),
              item("Music_m2", 50, "metal", "Fire", ""),
              item("Music_m3", 40, "metal, rock", "Fire; Dua", ""),
              item("Book_Moonbase", 4.5, "Science Fiction", "Gil Hart", "A pilot on the moon."),
              item("Book_Paris", 4.0, "Romance", "Ann Lee", "Lovers in Paris."),
              item("Book_Cooking", 3.5, "Food", "Ida Jones", "Bread and soup.")));

  private SmallItems() {}

  static Item item(
      String id, double popularity, String genres, String creator, String description) {
    String domain = id.substring(0, id.indexOf('_'));
    List<String> genreList = List.of(genres.split(", ", -1));
    return new Item(id, id, domain, genreList, description, popularity, creator, "");
  }

  static int index(String id) {
    return CATALOGUE.indexOf(id);
  }
}
