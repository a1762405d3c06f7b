package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Catalogue;
import dev.segue.data.CleaningAction;
import dev.segue.data.CleaningReport;
import dev.segue.data.Item;
import dev.segue.data.SourceCleaning;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreCommandTest {
  @TempDir private Path folder;
  private Path catalogue = Path.of("");
  private Path sessions = Path.of("");

  @BeforeEach
  void writeInput() throws IOException {
    catalogue = folder.resolve("catalogue");
    Catalogue.of(
            List.of(
                item("Movie", "千と千尋の神隠し", List.of("アニメ", "Drama"), 85, "宮崎 駿", "07/20/2001"),
                item("Movie", "Tom & <b>Jerry</b>", List.of("Drama"), 60, "\"Q\"", "01/01/1965"),
                item("Book", "ألف ليلة وليلة", List.of("فانتازيا", "drama"), 5_691_311, "Anon", ""),
                item("Book", "Идиот", List.of("Unknown"), 12, "Not Available", "")))
        .write(catalogue);
    new CleaningReport(
            List.of(
                new SourceCleaning(
                    "Book",
                    "b.csv",
                    3,
                    2,
                    List.of(
                        new CleaningAction("row left out: repeats an earlier row", 1, "x"),
                        new CleaningAction("Genres: empty, set to Unknown", 1, "x")))))
        .write(catalogue);
    sessions =
        Files.writeString(
            folder.resolve("events.csv"),
            """
            session,item,time,action,dwell
            s1,Movie_千と千尋の神隠し,1700000000,Clicked,1500
            s1,Book_Идиот,1700000010,Searched,2500
            s2,Movie_Tom & <b>Jerry</b>,1700000100,Clicked,
            s2,Movie_千と千尋の神隠し,1700000110,Clicked,
            """);
  }

  @Test
  void writesOnePageAndThePictures() throws IOException {
    Path page = folder.resolve("out").resolve("report.html");

    CommandRun run =
        CommandRun.of("explore", "--catalogue", catalogue, "--sessions", sessions, "--out", page);

    assertThat(run.errorLines()).isEmpty();
    assertThat(run.exitCode()).isZero();
    String html = Files.readString(page);
    assertThat(html)
        .contains("4 items in 2 domains", "3 rows became 2 items: 1 repeated an earlier one")
        .contains("2 sessions with 4 events")
        .contains("Known for 2 of 4 (50 %) events", "The source has no dates of release.");
    assertThat(html.split("<svg ", -1)).hasSizeGreaterThan(15);
    assertThat(folder.resolve("out").toFile().list())
        .containsExactlyInAnyOrder("report.html", "report_files");
    BufferedImage picture =
        ImageIO.read(folder.resolve("out/report_files/movie-genres.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(1440);
  }

  @Test
  void labelsAreTextInTheirScriptAndMarkupIsHarmless() throws IOException {
    Path page = folder.resolve("report.html");

    CommandRun.of("explore", "--catalogue", catalogue, "--sessions", sessions, "--out", page);

    String html = Files.readString(page);
    assertThat(html)
        .contains(">アニメ  1</text>")
        .contains(">فانتازيا\u200E  1</text>")
        .contains("&quot;Q&quot;  1</text>")
        .doesNotContain("<b>Jerry")
        .doesNotContain("rgb(1,1,1)", "rgb(2,2,2)", "rgb(3,3,3)", "rgb(4,4,4)");
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    Path page = folder.resolve("report.html");

    CommandRun.of("explore", "--catalogue", catalogue, "--out", page);

    assertThat(Files.readString(page))
        .doesNotContain("http://", "https://", "src=", "<script", "@import", folder.toString());
  }

  @Test
  void sessionsAloneAreExplained() throws IOException {
    Path page = folder.resolve("s.html");

    assertThat(CommandRun.of("explore", "--sessions", sessions, "--out", page).exitCode()).isZero();
    assertThat(Files.readString(page))
        .contains("Steps from domain to domain")
        .doesNotContain("Top genres");
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    assertThat(CommandRun.of("explore", "--catalogue", catalogue, "--out", folder).errorLines())
        .containsExactly(
            "segue explore: " + folder + ": is a directory, expected the name of a file");
    CommandRun missing = CommandRun.of("explore", "--catalogue", folder.resolve("nowhere"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.errorLines()).hasSize(1);
    Files.writeString(catalogue.resolve(CleaningReport.FILE_NAME), "rubbish");
    CommandRun spoiled =
        CommandRun.of("explore", "--catalogue", catalogue, "--out", folder.resolve("r.html"));
    assertThat(spoiled.exitCode()).isEqualTo(2);
    assertThat(spoiled.errorLines()).singleElement().asString().contains("not a cleaning report");
    assertThat(folder.resolve("r.html")).doesNotExist();
  }

  private static Item item(
      String domain, String title, List<String> genres, double popularity, String by, String date) {
    return new Item(
        domain + "_" + title, title, domain, genres, "Text about it.", popularity, by, date);
  }
}
