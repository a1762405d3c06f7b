package dev.segue.server.report;

import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/// Something to draw.
interface Picture {
  /// Returns a new chart of it.
  IChart draw(Inks inks);

  /// Returns the labels of its rows from top to bottom; none where the vertical axis has numbers.
  default List<String> rowLabels() {
    return List.of();
  }

  /// Returns the labels of its columns from left to right; none where the horizontal axis has
  /// numbers.
  default List<String> columnLabels() {
    return List.of();
  }
}
