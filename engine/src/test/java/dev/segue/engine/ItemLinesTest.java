package dev.segue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.data.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemLinesTest {
  @TempDir Path folder;

  /// Some megabytes, so that several parts are read, with lines of all lengths at their edges.
  private static List<Item> manyItems() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      items.add(
          new Item(
              "Movie_Ünï" + i,
              "Title \"" + i + "\"",
              "Movie",
              i % 3 == 0 ? List.of() : List.of("Drama", "日本 " + i),
              "line one\nline two " + "x".repeat(i % 2_000),
              i / 7.0,
              "Ann \\ Bob",
              "2001"));
    }
    return items;
  }

  private Path write(List<Item> items) throws IOException {
    Path file = folder.resolve("items.jsonl");
    ItemLines.write(file, items, new int[0]);
    return file;
  }

  @Test
  void itemsOfManyPartsAreReadBackInOrder() throws IOException {
    List<Item> items = manyItems();
    Path file = write(items);
    assertThat(Files.size(file)).isGreaterThan(2 << 20);
    assertThat(ItemLines.read(file, items.size())).isEqualTo(items);
  }

  @Test
  void aLastLineMayLackItsEnd() throws IOException {
    List<Item> items = manyItems();
    Path file = write(items);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 1));
    assertThat(ItemLines.read(file, items.size())).isEqualTo(items);
  }

  @Test
  void aWrongLineInALaterPartIsNamedByItsNumber() throws IOException {
    Path file = write(manyItems());
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(2_499, "{\"Item_ID\":\"Movie_X\",");
    Files.write(file, lines);
    assertThatThrownBy(() -> ItemLines.read(file, 3_000))
        .isInstanceOf(IOException.class)
        .hasMessage("line 2500: not JSON");
    lines.set(2_499, "[]");
    Files.write(file, lines);
    assertThatThrownBy(() -> ItemLines.read(file, 3_000))
        .hasMessage("line 2500: Item_ID is missing");
  }

  @Test
  void anEmptyFileHasNoItems() throws IOException {
    Path file = Files.createFile(folder.resolve("items.jsonl"));
    assertThat(ItemLines.read(file, 0)).isEmpty();
    assertThatThrownBy(() -> ItemLines.read(file, 1))
        .hasMessage("does not fit config.json, expected 1 items, got 0");
  }
}
