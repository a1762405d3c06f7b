package dev.segue.server.report;

import dev.segue.data.DataException;
import dev.segue.data.report.CatalogueStatistics;
import dev.segue.data.report.SessionStatistics;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The report on a catalogue, a session log or both: `report.html` and a folder of PNG files beside
/// it, `report_files`.
public final class ExploreReport {
  private final List<Section> sections;
  private final String subtitle;

  /// Makes a report.
  ///
  /// @param catalogue what the catalogue holds, or null
  /// @param sessions what the log holds, or null
  /// @param subtitle one line under the title: which files, when
  public ExploreReport(
      @Nullable CatalogueStatistics catalogue,
      @Nullable SessionStatistics sessions,
      String subtitle) {
    List<Section> all = new ArrayList<>();
    if (catalogue != null) {
      all.addAll(new CatalogueFigures(catalogue).sections());
    }
    if (sessions != null) {
      all.add(new SessionFigures(sessions).section());
    }
    this.sections = List.copyOf(all);
    this.subtitle = subtitle;
  }

  /// Returns the folder of the pictures of a page: `report_files` for `report.html`.
  public static Path picturesOf(Path page) {
    String name = page.toAbsolutePath().normalize().getFileName().toString();
    return page.resolveSibling(name.replaceFirst("\\.[^.]*$", "") + "_files");
  }

  /// Writes the page, which appears whole or not at all, and the pictures.
  ///
  /// @return how many pictures there are
  /// @throws DataException when this machine has no font to draw with
  /// @throws IOException when a file cannot be written
  public int write(Path page) throws IOException {
    checkFonts();
    Path absolute = page.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    Path part = absolute.resolveSibling(absolute.getFileName() + ".tmp");
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        new ReportPage("What the data holds", subtitle, sections).writeTo(out);
      }
      int pictures = writePictures(picturesOf(absolute));
      Files.move(
          part, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return pictures;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private int writePictures(Path folder) throws IOException {
    Files.createDirectories(folder);
    int count = 0;
    for (Section section : sections) {
      for (Figure figure : section.figures()) {
        if (figure.picture() != null) {
          PngPicture.write(figure.picture(), folder.resolve(figure.id() + ".png"));
          count++;
        }
      }
    }
    return count;
  }

  /// Java says it with an `InternalError` or worse deep in the drawing.
  private static void checkFonts() {
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
    } catch (Error | RuntimeException e) {
      throw new DataException(
          "explore: no font to draw with on this machine, expected fontconfig and one font; install"
              + " them, for example fontconfig and fonts-dejavu-core",
          e);
    }
  }
}
