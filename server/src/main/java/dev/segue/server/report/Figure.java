package dev.segue.server.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the report: what it is about, one line on what it shows, the picture and its numbers.
///
/// @param id name that is unique in the report: letters, digits and hyphens; also that of the file
/// @param title what it is about
/// @param reading what it shows, computed from the data, one sentence or two
/// @param picture the chart, or null where there is nothing to draw and the reading says why
/// @param table the numbers: the first row is the heading; may be empty
record Figure(
    String id, String title, String reading, @Nullable Picture picture, List<List<String>> table) {
  Figure {
    table = List.copyOf(table);
  }

  /// Returns a figure without a picture.
  static Figure withoutPicture(String id, String title, String reading) {
    return new Figure(id, title, reading, null, List.of());
  }
}
