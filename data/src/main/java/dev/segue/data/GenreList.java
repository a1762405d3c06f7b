package dev.segue.data;

import java.util.ArrayList;
import java.util.List;

/// The cell `Genre` of the unified columns: genres joined with a comma and a space. A genre that
/// itself holds a comma or a quote, or has white space at an end, or is empty, stands in quotes, so
/// that every list survives writing and reading.
final class GenreList {
  private GenreList() {}

  static String join(List<String> genres) {
    var cell = new StringBuilder();
    for (String genre : genres) {
      cell.append(cell.isEmpty() ? "" : ", ");
      boolean isPlain =
          !genre.isEmpty()
              && genre.indexOf(',') < 0
              && genre.indexOf('"') < 0
              && genre.strip().equals(genre);
      cell.append(isPlain ? genre : '"' + genre.replace("\"", "\"\"") + '"');
    }
    return cell.toString();
  }

  static List<String> split(String cell) {
    List<String> genres = new ArrayList<>();
    int at = 0;
    while (at < cell.length()) {
      if (cell.charAt(at) == '"') {
        at = quoted(cell, at + 1, genres);
      } else {
        int comma = cell.indexOf(',', at);
        int end = comma < 0 ? cell.length() : comma;
        String genre = cell.substring(at, end).strip();
        if (!genre.isEmpty()) {
          genres.add(genre);
        }
        at = end;
      }
      while (at < cell.length()
          && (cell.charAt(at) == ',' || Character.isWhitespace(cell.charAt(at)))) {
        at++;
      }
    }
    return genres;
  }

  /// Reads a genre after its opening quote and returns where the text goes on.
  private static int quoted(String cell, int from, List<String> genres) {
    var genre = new StringBuilder();
    int at = from;
    while (at < cell.length()) {
      if (cell.charAt(at) != '"') {
        genre.append(cell.charAt(at++));
      } else if (at + 1 < cell.length() && cell.charAt(at + 1) == '"') {
        genre.append('"');
        at += 2;
      } else {
        at++;
        break;
      }
    }
    genres.add(genre.toString());
    return at;
  }
}
