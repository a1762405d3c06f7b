package dev.segue.data;

import java.util.List;

/// One thing to recommend.
///
/// @param id `<Domain>_<source key>`, unique in a catalogue
/// @param title what people see
/// @param domain `Movie`, `Music`, `Book` or any other kind
/// @param genres in the order of the source; never empty in a prepared catalogue
/// @param description free text, or what cleaning put in its place
/// @param popularity on the scale of the domain's source; compare across domains by percentile only
/// @param creator director or cast, artists, author
/// @param timestamp release date as the source gives it, trimmed, or empty
public record Item(
    String id,
    String title,
    String domain,
    List<String> genres,
    String description,
    double popularity,
    String creator,
    String timestamp) {

  /// Copies the genres.
  public Item {
    genres = List.copyOf(genres);
  }

  /// Returns the unified column `Genre`: the genres joined with a comma and a space.
  public String genre() {
    return String.join(", ", genres);
  }

  /// Makes an item of which nothing but its id is known: title and domain come from the id
  /// (`Movie_Heat` gives `Heat` in `Movie`); an id without a domain gets the domain `Item`.
  public static Item ofId(String id) {
    int cut = id.indexOf('_');
    String domain = cut > 0 ? id.substring(0, cut) : "Item";
    String title = cut > 0 ? id.substring(cut + 1) : id;
    return new Item(id, title, domain, List.of(), "", 0, "", "");
  }
}
