package dev.segue.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Items that are all there.
final class ItemList implements ItemSource {
  private final List<Item> items;
  private final Map<String, Integer> indexById;

  /// Copies a list; two items with one id are a [DataException].
  ItemList(List<Item> items) {
    this.items = List.copyOf(items);
    indexById = HashMap.newHashMap(items.size());
    for (int i = 0; i < items.size(); i++) {
      if (indexById.put(items.get(i).id(), i) != null) {
        throw new DataException(
            "catalogue: an id occurs twice, expected distinct ids, got \"%s\""
                .formatted(items.get(i).id()));
      }
    }
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public Item item(int index) {
    return items.get(index);
  }

  @Override
  public int indexOf(String id) {
    return indexById.getOrDefault(id, -1);
  }

  @Override
  public List<Item> items() {
    return items;
  }
}
