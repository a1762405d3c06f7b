package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemFileTest {
  @TempDir Path folder;

  /// Megabytes, so that several windows are read, with lines of all lengths at their edges and one
  /// that is longer than a window.
  private static List<Item> manyItems() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      items.add(
          new Item(
              switch (i % 4) {
                case 0 -> "Movie_Ünï " + i;
                case 1 -> "Book_日本 " + i;
                case 2 -> "Music_\"quoted\" \\ " + i;
                default -> "Movie_" + i;
              },
              "Title " + i,
              "Movie",
              i % 3 == 0 ? List.of() : List.of("Drama", "a, b"),
              "line one\nline two " + "x".repeat(i == 777 ? 600_000 : i % 200),
              i / 7.0,
              "Ann \t Bob",
              ""));
    }
    return items;
  }

  private Path write(List<Item> items) throws IOException {
    Path file = folder.resolve("items.jsonl");
    ItemLines.write(file, items, new int[0]);
    return file;
  }

  @Test
  void itemsAreFoundByIdAndNumberBeforeAndAfterAllAreMade() throws IOException {
    List<Item> items = manyItems();
    Catalogue catalogue = ItemFile.open(write(items)).catalogue(items.size());
    for (int round = 0; round < 2; round++) {
      assertThat(catalogue.size()).isEqualTo(items.size());
      for (int i = 0; i < items.size(); i += 37) {
        assertThat(catalogue.indexOf(items.get(i).id())).isEqualTo(i);
        assertThat(catalogue.item(i)).isEqualTo(items.get(i));
      }
      assertThat(catalogue.item(777)).isEqualTo(items.get(777));
      assertThat(catalogue.indexOf("Movie_none")).isNegative();
      assertThat(catalogue.indexOf("")).isNegative();
      assertThat(catalogue.items()).isEqualTo(items);
    }
    assertThat(catalogue.domains()).containsExactly("Movie");
  }

  @Test
  void linesThatOthersWroteAreReadToo() throws IOException {
    Path file = folder.resolve("items.jsonl");
    Files.writeString(
        file,
        """
        {"Title": "A", "Item_ID": "Movie_A", "Item_Type": "Movie"}
        { "Item_ID" : "Movie_B", "Popularity": "7" }
        {"Item_ID":"Movie_\\u0043","Title":null}\r
        {"Item_ID":"Movie_D","Genre":["x",3],"Popularity":1e2,"Title":5}\
        """);
    Catalogue catalogue = ItemFile.open(file).catalogue(4);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 4; i++) {
        String id = "Movie_" + "ABCD".charAt(i);
        assertThat(catalogue.indexOf(id)).isEqualTo(i);
        assertThat(catalogue.item(i).id()).isEqualTo(id);
      }
      assertThat(catalogue.item(1).popularity()).isEqualTo(7);
      assertThat(catalogue.item(3).genres()).containsExactly("x", "3");
      assertThat(catalogue.item(3).title()).isEqualTo("5");
      assertThat(catalogue.items()).hasSize(4);
    }
  }

  @Test
  void linesThatDoNotEndAsTheyShouldAreNamed() throws IOException {
    Path file = write(manyItems().subList(0, 100));
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(49, lines.get(49).substring(0, 60));
    Files.write(file, lines);
    assertThatThrownBy(() -> ItemFile.open(file)).hasMessage("line 50: not JSON");
    lines.set(49, "");
    Files.write(file, lines);
    assertThatThrownBy(() -> ItemFile.open(file)).hasMessage("line 50: Item_ID is missing");
  }

  @Test
  void anIdThatOccursTwiceIsRefused() throws IOException {
    List<Item> items = new ArrayList<>(manyItems().subList(0, 10));
    items.add(items.get(3));
    ItemFile file = ItemFile.open(write(items));
    assertThatThrownBy(() -> file.catalogue(11))
        .hasMessageStartingWith("catalogue: an id occurs twice")
        .hasMessageContaining(items.get(3).id());
    assertThatThrownBy(() -> file.catalogue(12))
        .hasMessage("does not fit config.json, expected 12 items, got 11");
  }

  @Test
  void theFileMayBeReplacedBeforeAllItemsAreMade() throws IOException {
    List<Item> items = manyItems().subList(0, 300);
    Path file = write(items);
    Catalogue catalogue = ItemFile.open(file).catalogue(300);
    Path other = folder.resolve("other");
    Files.writeString(other, "something else");
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(catalogue.item(299)).isEqualTo(items.get(299));
    assertThat(catalogue.items()).isEqualTo(items);
  }

  @Test
  void aThreadThatIsInterruptedDisturbsNobody() throws IOException {
    List<Item> items = manyItems().subList(0, 300);
    Catalogue catalogue = ItemFile.open(write(items)).catalogue(300);
    Thread.currentThread().interrupt();
    assertThat(catalogue.item(5)).isEqualTo(items.get(5));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(catalogue.items()).isEqualTo(items);
  }
}
