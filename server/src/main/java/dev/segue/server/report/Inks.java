package dev.segue.server.report;

import java.awt.Color;
import java.util.List;

/// The colours of a picture: for paper, or for a page that has a light and a dark face.
///
/// Series have the colours of Okabe and Ito (2008), which people with any of the usual kinds of
/// colour blindness tell apart, in an order whose first three stand out at 3:1 or more from white
/// and from near-black.
///
/// @param text text and axes
/// @param rowLabel labels of rows
/// @param columnLabel labels of columns
/// @param grid grid lines
/// @param background what lies behind everything
record Inks(Color text, Color rowLabel, Color columnLabel, Color grid, Color background) {
  /// Blue, vermilion, green, purple, orange, sky blue.
  static final List<Color> SERIES =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9));

  /// What was, beside what is.
  static final Color BEFORE = new Color(0x999999);

  /// The ends of the scale of a heat map; black text is readable on both and between.
  static final Color[] SCALE = {new Color(0xEAF4FB), new Color(0x56B4E9)};

  /// The text on such a scale.
  static final Color ON_SCALE = new Color(0x101010);

  /// Returns the colours of files that stand alone.
  static Inks paper() {
    Color dark = new Color(0x222222);
    return new Inks(dark, dark, dark, new Color(0xD8D8D8), Color.WHITE);
  }

  /// Returns marks that no picture uses otherwise; [SvgPicture] puts the colours of the page in
  /// their place, so that one drawing serves both faces.
  static Inks page() {
    return new Inks(
        new Color(1, 1, 1),
        new Color(2, 2, 2),
        new Color(3, 3, 3),
        new Color(4, 4, 4),
        new Color(0, 0, 0, 0));
  }

  /// Returns the colour of a series; beyond the sixth they repeat.
  static Color series(int number) {
    return SERIES.get(number % SERIES.size());
  }
}
