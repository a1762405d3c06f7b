package dev.segue.data;

import java.util.ArrayList;
import java.util.List;

/// An item as its source has it, before it has an id.
///
/// @param domain kind of the item
/// @param key what its source calls it by; other items may have the same
/// @param title what people see
/// @param genres in the order of the source
/// @param description free text
/// @param popularity on the scale of the source
/// @param creator who made it
/// @param timestamp release date as the source gives it, or empty
/// @param year of release, or empty
record ItemDraft(
    String domain,
    String key,
    String title,
    List<String> genres,
    String description,
    double popularity,
    String creator,
    String timestamp,
    String year) {

  Item withKey(String distinctKey) {
    return new Item(
        domain + "_" + distinctKey,
        title,
        domain,
        genres,
        description,
        popularity,
        creator,
        timestamp);
  }

  /// Returns this item with more genres and the higher of two popularities; NaN is none.
  ItemDraft joined(List<String> moreGenres, double otherPopularity) {
    List<String> all = new ArrayList<>(genres);
    if (!moreGenres.isEmpty()) {
      all.remove(Substitutes.UNKNOWN);
      all.addAll(moreGenres);
    }
    boolean isHigher = Double.isNaN(popularity) || otherPopularity > popularity;
    return new ItemDraft(
        domain,
        key,
        title,
        List.copyOf(all),
        description,
        isHigher ? otherPopularity : popularity,
        creator,
        timestamp,
        year);
  }

  /// Returns the first of several creators, or "" where the source names none.
  String firstCreator() {
    if (creator.equals(Substitutes.NOT_AVAILABLE)) {
      return "";
    }
    int comma = creator.indexOf(',');
    return comma < 0 ? creator : creator.substring(0, comma).strip();
  }
}
