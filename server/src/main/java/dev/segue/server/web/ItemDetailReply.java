package dev.segue.server.web;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.List;

/// Everything known about one item, the reply of `GET /v1/items/{id}`.
///
/// @param id what requests name it by
/// @param title what people see
/// @param domain its kind, for instance `Movie`
/// @param creator director or cast, artists, author
/// @param genres in the order of the source
/// @param timestamp release date as the source gives it, or empty
/// @param description free text
/// @param popularity on the scale of its source
/// @param popularityPercentile share of the items of its domain that are at most as popular
record ItemDetailReply(
    String id,
    String title,
    String domain,
    String creator,
    List<String> genres,
    String timestamp,
    String description,
    double popularity,
    double popularityPercentile) {

  /// Returns everything known about an item.
  static ItemDetailReply of(Catalogue catalogue, int index) {
    Item item = catalogue.item(index);
    return new ItemDetailReply(
        item.id(),
        item.title(),
        item.domain(),
        item.creator(),
        item.genres(),
        item.timestamp(),
        item.description(),
        item.popularity(),
        catalogue.popularityPercentile(index));
  }
}
