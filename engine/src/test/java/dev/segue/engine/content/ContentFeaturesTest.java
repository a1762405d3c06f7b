package dev.segue.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentFeaturesTest {
  @Test
  void weightsFollowTheFormula() {
    ContentFeatures features =
        ContentFeatures.of(
            Catalogue.of(
                List.of(
                    item("A", "X", "drama, war", "storm storm tide"),
                    item("B", "X", "drama", "storm"),
                    item("C", "Y", "war", "tide"),
                    item("D", "Y", "opera", "quiet"))));
    // Two of four items have each kept feature: ln(5/3) is common to all and leaves in normalising.
    // Words of A: drama 1, war 1, storm 1 + ln 2, tide 1. Their beginnings: dram 1, stor 1 + ln 2.
    // Genres of A: drama 1, war 1. Domain: X.
    double storm = 1 + Math.log(2);
    double words = Math.sqrt(3 + storm * storm);
    double parts = Math.sqrt(1 + storm * storm);
    double whole = Math.sqrt(1.0 * 1.0 + 1.0 * 1.0 + 0.3 * 0.3 + 0.2 * 0.2);
    Map<String, Double> row = row(features, 0);
    assertThat(row)
        .containsOnlyKeys(
            "domain:X",
            "genre:drama",
            "genre:war",
            "sub-word:^dram",
            "sub-word:^stor",
            "word:drama",
            "word:storm",
            "word:tide",
            "word:war");
    assertThat(row.get("genre:drama")).isCloseTo(1 / Math.sqrt(2) / whole, within(1e-6));
    assertThat(row.get("word:storm")).isCloseTo(storm / words / whole, within(1e-6));
    assertThat(row.get("word:tide")).isCloseTo(1 / words / whole, within(1e-6));
    assertThat(row.get("sub-word:^stor")).isCloseTo(0.3 * storm / parts / whole, within(1e-6));
    assertThat(row.get("domain:X")).isCloseTo(0.2 / whole, within(1e-6));
  }

  @Test
  void rareFeaturesWeighMore() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      items.add(item("i" + i, "X", "", i < 2 ? "rare common" : i < 6 ? "common" : "word" + i));
    }
    Map<String, Double> row = row(ContentFeatures.of(Catalogue.of(items)), 0);
    assertThat(row.getOrDefault("word:rare", 0.0) / row.getOrDefault("word:common", 0.0))
        .isCloseTo(Math.log(13 / 3.0) / Math.log(13 / 7.0), within(1e-5));
  }

  @Test
  void vectorsHaveUnitLengthUnlessNextToNothingIsKnown() {
    ContentFeatures features =
        ContentFeatures.of(
            Catalogue.of(
                List.of(
                    item("A", "X", "drama", "one two"),
                    item("B", "X", "drama", "two three"),
                    item("C", "X", "", ""),
                    item("D", "Y", "", ""))));
    assertThat(length(features, 0)).isCloseTo(1, within(1e-6));
    assertThat(length(features, 1)).isCloseTo(1, within(1e-6));
    assertThat(length(features, 2)).as("only its domain").isCloseTo(0.2, within(1e-6));
    assertThat(row(features, 3)).as("nothing that another item has").isEmpty();
  }

  @Test
  void genresMeetUnderTheirOtherNames() {
    Map<String, Double> row =
        row(
            ContentFeatures.of(
                Catalogue.of(
                    List.of(
                        item("A", "X", "Sci-Fi", ""),
                        item("B", "Y", "Science Fiction", ""),
                        item("C", "Y", "Drama", "")))),
            0);
    assertThat(row)
        .containsKeys("genre:science fiction", "word:science", "word:fiction", "sub-word:^scien");
  }

  @Test
  void wordsOfMostItemsAreStopWords() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      items.add(item("i" + i, "X", "", "the " + (i < 30 ? "island " : "") + "w" + i));
    }
    assertThat(row(ContentFeatures.of(Catalogue.of(items)), 0))
        .containsOnlyKeys("word:island", "sub-word:^isla");
  }

  @Test
  void wordsOfManyDescriptionsAreStopWordsBesideItemsWithoutOne() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      items.add(item("song" + i, "X", "g" + i % 40, ""));
    }
    String plain = " aa bb cc dd ee ff gg hh ii jj kk ll mm nn oo pp qq rr ss tt";
    for (int i = 0; i < 400; i++) {
      items.add(
          item("film" + i, "Y", "", (i < 21 ? "which " : "") + (i < 20 ? "rare" : "") + plain));
    }
    // 2 % of all items have any of these words, and 5 % of the described ones are 20.
    assertThat(row(ContentFeatures.of(Catalogue.of(items)), 1000))
        .containsOnlyKeys("domain:Y", "word:rare");
  }

  @Test
  void formsOfOneWordMeetInTheirBeginning() {
    Map<String, Double> row =
        row(
            ContentFeatures.of(
                Catalogue.of(
                    List.of(
                        item("A", "X", "", "a vampire boxer"),
                        item("B", "Y", "", "Vampires: boxing"),
                        item("C", "Z", "", "tulip vast")))),
            0);
    assertThat(row).containsOnlyKeys("sub-word:^vampi");
  }

  @Test
  void whatCleaningPutInIsNoFeature() {
    Item blank =
        new Item(
            "A", "A", "X", List.of("Unknown"), "No Description Available", 0, "Not Available", "");
    Item other =
        new Item(
            "B", "B", "X", List.of("Unknown"), "No Description Available", 0, "Not Available", "");
    Item last = new Item("C", "C", "Y", List.of("Rock"), "", 0, "", "");
    assertThat(row(ContentFeatures.of(Catalogue.of(List.of(blank, other, last))), 0))
        .containsOnlyKeys("domain:X");
  }

  @Test
  void aSourcesWordsForAMissingOverviewAreNoFeature() {
    String missing = "We don't have an overview translated in English. Help us by adding one.";
    List<Item> items =
        List.of(
            item("A", "X", "", missing),
            item("B", "X", "", missing.replace('\'', '\u2019')),
            item("C", "Y", "", "A castle."));
    assertThat(row(ContentFeatures.of(Catalogue.of(items)), 0)).containsOnlyKeys("domain:X");
    assertThat(row(ContentFeatures.of(Catalogue.of(items)), 1)).containsOnlyKeys("domain:X");
  }

  @Test
  void creatorsAreWholeNames() {
    Item a = new Item("A", "A", "X", List.of(), "", 0, "Ann Lee; Bob Ray", "");
    Item b = new Item("B", "B", "Y", List.of(), "", 0, "BOB RAY, Cid Fox", "");
    Item c = new Item("C", "C", "Y", List.of(), "", 0, "Bob Fox", "");
    assertThat(row(ContentFeatures.of(Catalogue.of(List.of(a, b, c))), 0))
        .containsOnlyKeys("creator:bob ray");
  }

  @Test
  void aCatalogueOfBareIdsHasNoFeatures() {
    ContentFeatures features =
        ContentFeatures.of(Catalogue.of(List.of(Item.ofId("1"), Item.ofId("2"))));
    assertThat(features.features()).isZero();
    assertThat(features.entries()).isZero();
  }

  private static Item item(String id, String domain, String genres, String description) {
    List<String> genreList = genres.isEmpty() ? List.of() : List.of(genres.split(", ", -1));
    return new Item(id, id, domain, genreList, description, 0, "", "");
  }

  private static Map<String, Double> row(ContentFeatures features, int item) {
    Map<String, Double> row = new TreeMap<>();
    for (int entry = features.start(item); entry < features.start(item + 1); entry++) {
      int feature = features.feature(entry);
      row.put(
          features.kind(feature).label() + ":" + features.name(feature),
          (double) features.weight(entry));
    }
    return row;
  }

  private static double length(ContentFeatures features, int item) {
    return Math.sqrt(row(features, item).values().stream().mapToDouble(w -> w * w).sum());
  }
}
