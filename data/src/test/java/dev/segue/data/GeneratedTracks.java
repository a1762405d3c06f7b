package dev.segue.data;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows like those of the full set of Spotify tracks, one at a time: 114 genres, 21 columns, cells
/// as wide as the set's (names 17 characters, artists 19, albums 20 on average), 20 % of the rows a
/// further genre of an earlier track.
final class GeneratedTracks {
  static final List<String> COLUMNS =
      List.of(
          "",
          "track_id",
          "artists",
          "album_name",
          "track_name",
          "popularity",
          "duration_ms",
          "explicit",
          "danceability",
          "energy",
          "key",
          "loudness",
          "mode",
          "speechiness",
          "acousticness",
          "instrumentalness",
          "liveness",
          "valence",
          "tempo",
          "time_signature",
          "track_genre");
  private static final String LETTERS = "aeiouaeiou tnrs tnrs lmdk";
  private static final int GENRES = 114;

  private final Random random = new Random(5);
  private final int rows;

  GeneratedTracks(int rows) {
    this.rows = rows;
  }

  void writeCsv(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", COLUMNS) + "\n");
      for (int row = 0; row < rows; row++) {
        out.write(
            row(row).stream()
                .map(cell -> cell.indexOf(',') < 0 ? cell : '"' + cell + '"')
                .collect(Collectors.joining(",", "", "\n")));
      }
    }
  }

  void writeParquet(Path file) throws IOException {
    List<ParquetColumn> columns = new ArrayList<>();
    for (String name : COLUMNS) {
      columns.add(new ParquetColumn(name.isEmpty() ? "index" : name, ParquetType.TEXT, true));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      var parquet = new ParquetOutput(out, columns);
      for (int row = 0; row < rows; row++) {
        List<String> cells = row(row);
        for (int i = 0; i < cells.size(); i++) {
          columns.get(i).text(cells.get(i));
        }
        parquet.endRow();
      }
      parquet.finish();
    }
  }

  private List<String> row(int row) {
    // Rows of one track have all but the genre in common, as in the set.
    boolean isFurtherGenre = row > 100 && row % 5 == 0;
    int track = isFurtherGenre ? row - 97 : row;
    random.setSeed(track * 7919L);
    List<String> cells = new ArrayList<>(COLUMNS.size());
    cells.add(Integer.toString(row));
    cells.add(IntStream.range(0, 22).mapToObj(i -> letter()).collect(Collectors.joining()));
    cells.add(words(12) + (track % 3 == 0 ? ";" + words(14) : ""));
    cells.add(words(20) + (track % 7 == 0 ? ", Vol. 2" : ""));
    cells.add(words(17));
    cells.add(Integer.toString(random.nextInt(101)));
    cells.add(Integer.toString(100_000 + random.nextInt(300_000)));
    cells.add(track % 12 == 0 ? "True" : "False");
    for (int i = 8; i < 20; i++) {
      cells.add(Double.toString(random.nextInt(1_000_000) / 1e6));
    }
    cells.add("genre-" + row % GENRES);
    return cells;
  }

  private String letter() {
    return String.valueOf((char) ('A' + random.nextInt(26)));
  }

  private String words(int mean) {
    var words = new StringBuilder();
    int length = 1 + random.nextInt(2 * mean);
    for (int i = 0; i < length; i++) {
      words.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return words.toString().strip().replaceAll(" +", " ") + "o";
  }
}
