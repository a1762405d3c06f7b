package dev.segue.server.cli;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A handful of items and sessions over them, as files.
final class SmallShop {
  private SmallShop() {}

  /// Writes a catalogue of seven items: two films of one title, and a track whose id says nothing.
  static Path catalogue(Path folder) {
    Catalogue.of(
            List.of(
                item("Movie_Heat", "Heat", "Crime", 80, "Michael Mann"),
                item("Movie_Ronin", "Ronin", "Crime", 70, "John Frankenheimer"),
                item("Movie_Pinocchio (1940)", "Pinocchio", "Family", 75, "Ben Sharpsteen"),
                item("Movie_Pinocchio (2022)", "Pinocchio", "Family", 60, "Guillermo del Toro"),
                item("Music_4ux", "Yellow", "Pop", 90, "Coldplay"),
                item("Music_7qi", "Fix You", "Pop", 88, "Coldplay"),
                item("Book_Emma", "Emma", "Classics", 65, "Jane Austen")))
        .write(folder.resolve("catalogue"));
    return folder.resolve("catalogue");
  }

  /// Writes a log of sessions over these items: crime films follow each other, and so do songs.
  static Path sessions(Path folder, int count) throws IOException {
    StringBuilder log = new StringBuilder("session,item,time\n");
    List<List<String>> kinds =
        List.of(
            List.of("Movie_Heat", "Movie_Ronin", "Movie_Heat"),
            List.of("Music_4ux", "Music_7qi", "Book_Emma"),
            List.of("Movie_Pinocchio (1940)", "Movie_Pinocchio (2022)", "Music_4ux"));
    for (int session = 0; session < count; session++) {
      int position = 0;
      for (String item : kinds.get(session % kinds.size())) {
        log.append("s%d,%s,%d%n".formatted(session, item, session * 100L + position++));
      }
    }
    return Files.writeString(folder.resolve("sessions.csv"), log);
  }

  /// Trains a tiny model on 60 sessions.
  static Path model(Path folder) throws IOException {
    CommandRun run =
        CommandRun.of(
            "train",
            "--sessions",
            sessions(folder, 60),
            "--catalogue",
            catalogue(folder),
            "--set",
            "hidden=8",
            "--set",
            "embedding=8",
            "--set",
            "epochs=2",
            "--out",
            folder.resolve("model"));
    if (run.exitCode() != 0) {
      throw new AssertionError(run.err());
    }
    return folder.resolve("model");
  }

  private static Item item(
      String id, String title, String genre, double popularity, String creator) {
    String domain = id.substring(0, id.indexOf('_'));
    return new Item(id, title, domain, List.of(genre), genre, popularity, creator, "");
  }
}
