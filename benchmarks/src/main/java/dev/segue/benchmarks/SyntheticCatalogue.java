package dev.segue.benchmarks;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/// A catalogue as large as the three public sets together: 114,000 tracks, of which only an album's
/// name is known, 10,000 films and 10,000 books, described in 24 to 136 words. Words follow Zipf's
/// law over a vocabulary of 60,000.
final class SyntheticCatalogue {
  static final int TRACKS = 114_000;
  static final int FILMS = 10_000;
  static final int BOOKS = 10_000;

  private static final int VOCABULARY = 60_000;
  private static final int GENRES = 114;
  private static final String[] SYLLABLES = {
    "ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "an", "er", "il", "on", "ur"
  };

  private final SplittableRandom random = new SplittableRandom(7);

  /// Returns the catalogue, the same at every call.
  static Catalogue create() {
    return new SyntheticCatalogue().make();
  }

  private Catalogue make() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < TRACKS; i++) {
      items.add(item("Music", i, "Track from the album " + words(6), i / 8));
    }
    for (int i = 0; i < FILMS; i++) {
      items.add(item("Movie", i, words(24 + random.nextInt(113)), i / 3));
    }
    for (int i = 0; i < BOOKS; i++) {
      items.add(item("Book", i, words(24 + random.nextInt(113)), i / 3));
    }
    return Catalogue.of(items);
  }

  private Item item(String domain, int number, String description, int creator) {
    String title = words(1 + random.nextInt(4)) + " " + number;
    List<String> genres = List.of("genre " + random.nextInt(GENRES));
    return new Item(
        domain + "_" + number,
        title,
        domain,
        genres,
        description,
        random.nextInt(101),
        word(creator % VOCABULARY) + " " + word(creator * 31 % VOCABULARY),
        "");
  }

  private String words(int count) {
    StringJoiner text = new StringJoiner(" ");
    for (int i = 0; i < count; i++) {
      // The rank's logarithm is uniform: what occurs is about as frequent as one over its rank.
      text.add(word((int) Math.pow(VOCABULARY, random.nextDouble()) - 1));
    }
    return text.toString();
  }

  /// Returns a pronounceable word, another one for each number.
  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    int rest = number;
    do {
      word.append(SYLLABLES[rest % SYLLABLES.length]);
      rest /= SYLLABLES.length;
    } while (rest > 0);
    return word.append(SYLLABLES[number % 7]).toString();
  }
}
