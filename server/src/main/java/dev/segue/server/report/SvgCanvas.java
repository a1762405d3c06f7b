package dev.segue.server.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// Records what a chart paints, but leaves its labels out and notes where they belong.
///
/// XChart paints text as outlines of letters. Labels of rows and columns may be in any script, for
/// which the machine that draws may lack a font that the reader has, so they become real text.
final class SvgCanvas extends VectorGraphics2D {
  private final Inks inks;
  private final List<Spot> rowSpots = new ArrayList<>();
  private final List<Spot> columnSpots = new ArrayList<>();

  SvgCanvas(Inks inks) {
    this.inks = inks;
  }

  /// Where a label belongs.
  ///
  /// @param right its right end
  /// @param centre its middle
  /// @param height the middle between its top and its bottom
  record Spot(double right, double centre, double height) {}

  List<Spot> rowSpots() {
    return rowSpots;
  }

  List<Spot> columnSpots() {
    return columnSpots;
  }

  @Override
  public void fill(Shape shape) {
    Color colour = getColor();
    if (colour.getAlpha() == 0) {
      return;
    }
    if (colour.equals(inks.rowLabel())) {
      rowSpots.add(spot(shape));
    } else if (colour.equals(inks.columnLabel())) {
      columnSpots.add(spot(shape));
    } else {
      super.fill(shape);
    }
  }

  @Override
  public void draw(Shape shape) {
    if (getColor().getAlpha() > 0) {
      super.draw(shape);
    }
  }

  private Spot spot(Shape outline) {
    // XChart puts half the height of the letters below the middle, their tails included.
    Rectangle2D bounds = outline.getBounds2D();
    Point2D base = getTransform().transform(new Point2D.Double(0, 0), null);
    return new Spot(
        base.getX() + bounds.getMaxX(),
        base.getX() + bounds.getCenterX(),
        base.getY() - bounds.getHeight() / 2);
  }
}
