package dev.segue.server.report;

import java.util.List;

/// A chapter of the report.
///
/// @param id name that is unique in the report
/// @param title the heading
/// @param figures its parts
record Section(String id, String title, List<Figure> figures) {
  Section {
    figures = List.copyOf(figures);
  }
}
